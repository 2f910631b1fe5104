package io.podlifecycle.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.node.Dependency;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.pod.Probe;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.LoadSlice;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static io.podlifecycle.rehearsal.assertj.RolloutAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two at a time, since they wait more than they work.
 */
@Execution(ExecutionMode.CONCURRENT)
class RehearsalIntegrationTests {

	private static final Duration LAG = Duration.ofMillis(300);

	@Test
	void aRollingUpdateOfAPoliteAppIsNotNoticed() {
		Rollout rollout = rehearsal("--leave=9000").rollingUpdate();
		assertThat(rollout).hasNoFailedRequests()
			.endedWithinGracePeriod()
			.deletedPodsExitedWith(143)
			.hasNoRestarts()
			.hasNoProbeThatGaveUp();
		assertThat(rollout.pods()).hasSize(4)
			.filteredOn((pod) -> pod.first(Kind.DELETED).isPresent())
			.extracting(PodLife::name)
			.containsExactly("app-1", "app-2");
		assertThat(rollout.endpoints()).last().extracting(EndpointChange::pods).isEqualTo(List.of("app-3", "app-4"));
		assertThat(rollout.endpoints()).allMatch((change) -> change.pods().size() <= 3);
		assertThat(neverFewerThan(2, rollout)).isTrue();
		assertThat(rollout.slices().stream().mapToLong(LoadSlice::requests).sum()).isEqualTo(rollout.load().requests());
		assertThat(rollout.scenario()).isEqualTo("rolling update of 2 replicas");
	}

	private static boolean neverFewerThan(int count, Rollout rollout) {
		List<EndpointChange> changes = rollout.endpoints();
		return changes.stream()
			.filter((change) -> change.at().compareTo(rollout.loadStartedAt()) >= 0)
			.allMatch((change) -> change.pods().size() >= count);
	}

	@Test
	void aRollingUpdateOfARudeAppIsNoticed() {
		Rollout rollout = rehearsal().rollingUpdate();
		assertThat(rollout).hasFailedRequests().endedWithinGracePeriod();
		assertThat(rollout.load().failures()).extracting(Failure::client)
			.anyMatch((client) -> client.startsWith("kept-alive"))
			.anyMatch((client) -> client.startsWith("fresh"));
		assertThat(rollout.load().failures()).extracting(Failure::kind)
			.containsOnly(Failure.Kind.RESET, Failure.Kind.EOF);
		assertThat(rollout.slices().stream().mapToLong(LoadSlice::failed).sum()).isEqualTo(rollout.load().failed());
	}

	@Test
	@Tag("full")
	void withoutASurgePodsAreReplacedOneAfterTheOther() {
		Rollout rollout = rehearsal("--leave=9000").maxSurge(0).maxUnavailable(1).rollingUpdate();
		assertThat(rollout).hasNoFailedRequests();
		assertThat(rollout.endpoints()).allMatch((change) -> change.pods().size() <= 2);
	}

	@Test
	void aDeletedPodIsReplaced() {
		Rollout rollout = rehearsal("--leave=9000").podDeletion();
		assertThat(rollout).hasNoFailedRequests().deletedPodsExitedWith(143);
		assertThat(rollout.pods()).extracting(PodLife::name).containsExactly("app-1", "app-2", "app-3");
	}

	@Test
	void theOnlyPodServesWhileItLeavesIfItsReadinessStillSaysSo() {
		Rollout rollout = rehearsal("--leave=9000", "--stay-ready").replicas(1).podDeletion();
		assertThat(rollout).hasNoFailedRequests();
		assertThat(rollout.endpoints()).extracting(EndpointChange::pods)
			.containsExactly(List.of("app-1"), List.of("app-2"));
	}

	@Test
	@Tag("full")
	void aPodWithAShortGracePeriodIsKilledAtItsEndAndReplaced() {
		Rollout rollout = rehearsal("--ignore-sigterm").shortGrace(Duration.ofSeconds(2));
		PodLife victim = rollout.pods().get(0);
		assertThat(victim.first(Kind.DELETED).orElseThrow().detail()).isEqualTo("grace period 2000 ms");
		assertThat(victim.exitCode()).isEqualTo(137);
		assertThat(rollout.pods()).hasSize(3);
	}

	@Test
	@Tag("full")
	void theEndpointOfAPodWhoseNodeShutsDownStaysUntilItsProcessHasEnded() {
		Rollout rollout = rehearsal("--leave=3000").nodeShutdown(Duration.ofSeconds(20));
		assertThat(rollout).hasFailedRequests().endedWithinGracePeriod().deletedPodsExitedWith(143);
		PodLife leaving = rollout.pods().get(0);
		assertThat(leaving.first(Kind.DELETED)).isEmpty();
		assertThat(leaving.events()).extracting(PodEvent::kind)
			.containsSubsequence(Kind.READY, Kind.NODE_SHUTDOWN, Kind.EXITED, Kind.NOT_READY, Kind.TERMINATED);
		List<EndpointChange> changes = rollout.endpoints();
		EndpointChange removed = changes.get(changes.size() - 2);
		assertThat(removed.pods()).containsExactly("app-2");
		assertThat(removed.at()).isGreaterThanOrEqualTo(leaving.first(Kind.EXITED).orElseThrow().at());
		Duration serving = leaving.first(Kind.SIGTERM).orElseThrow().at().plusMillis(2500);
		assertThat(rollout.load().failures())
			.allSatisfy((failure) -> assertThat(rollout.loadStartedAt().plus(failure.at())).isGreaterThan(serving));
		assertThat(rollout.pods().get(2).first(Kind.CREATED).orElseThrow().at())
			.isGreaterThanOrEqualTo(leaving.first(Kind.TERMINATED).orElseThrow().at());
	}

	@Test
	@Tag("full")
	void aScaleDownLeavesTheOtherPodsAlone() {
		Rollout rollout = rehearsal("--leave=9000").scaleDown(1);
		assertThat(rollout).hasNoFailedRequests();
		assertThat(rollout.endpoints().get(rollout.endpoints().size() - 1).pods()).containsExactly("app-1");
	}

	@Test
	void anOomKillIsNoticedAndTheProcessIsStartedAgain() {
		Rollout rollout = rehearsal("--leave=9000").oomKill();
		assertThat(rollout).hasFailedRequests();
		PodLife victim = rollout.pods().get(0);
		assertThat(victim.restarts()).isOne();
		assertThat(victim.first(Kind.EXITED).orElseThrow().detail()).isEqualTo("exit code 137");
	}

	@Test
	@Tag("full")
	void aCrashIsNoticedAndTheProcessIsStartedAgain() {
		PodLife victim = rehearsal("--leave=9000").crash().pods().get(0);
		assertThat(victim.restarts()).isOne();
		assertThat(victim.log()).extracting(LogLine::text).anyMatch((line) -> line.contains("SIGSEGV"));
	}

	@Test
	void aSlowStartHoldsUpTheUpdateAndNobodyElse() {
		Rollout rollout = rehearsal("--leave=9000").replicas(1).slowStart(Duration.ofSeconds(1));
		assertThat(rollout).hasNoFailedRequests();
		PodLife fresh = rollout.pods().get(1);
		assertThat(fresh.first(Kind.READY).orElseThrow().at())
			.isGreaterThanOrEqualTo(fresh.first(Kind.STARTED).orElseThrow().at().plusSeconds(1));
	}

	@Test
	void aDependencyThatIsLateCostsRestarts() throws IOException {
		try (ServerSocket database = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Dependency dependency = Dependency
					.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), database.getLocalPort()))) {
			PodSpec pod = pod("--leave=100", "--needs=" + dependency.port()).backOffFactor(0.05).build();
			Rollout rollout = rehearsal(pod).replicas(1).dependencyLate(dependency, Duration.ofSeconds(4));
			assertThat(rollout).hasNoFailedRequests();
			PodLife life = rollout.pods().get(0);
			assertThat(life.restarts()).isPositive();
			assertThat(life.first(Kind.READY).orElseThrow().at()).isGreaterThan(Duration.ofSeconds(4));
		}
	}

	@Test
	void whenTheAppDoesNotStartSaysSoWithItsLastLines() {
		assertThatExceptionOfType(RehearsalException.class).isThrownBy(() -> rehearsal("--exit=3").rollingUpdate())
			.withMessageContaining("exit code 3")
			.withMessageContaining("I cannot start");
	}

	@Test
	@Tag("full")
	void whenAPodIsNeverReadySaysWhatTheProbeGot() {
		assertThatExceptionOfType(RehearsalException.class)
			.isThrownBy(() -> rehearsal("--never-ready").startTimeout(Duration.ofSeconds(15)).rollingUpdate())
			.withMessageContaining("all pods to be ready")
			.withMessageContaining("/readyz: status 503");
	}

	@Test
	void whenNoRequestSucceedsSaysThatThePathMayBeWrong() {
		assertThatExceptionOfType(RehearsalException.class)
			.isThrownBy(() -> rehearsal("--leave=100").path("/wrong").rollingUpdate())
			.withMessageContaining("/wrong")
			.withMessageContaining("404");
	}

	@Test
	void whenThePortOfTheServiceIsTakenSaysSo() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(RehearsalException.class)
				.isThrownBy(() -> rehearsal().servicePort(taken.getLocalPort()).rollingUpdate())
				.withMessageContaining(String.valueOf(taken.getLocalPort()));
		}
	}

	@Test
	void closingEndsAScenarioInAnotherThread() throws Exception {
		BlockingQueue<ProcessHandle> started = new LinkedBlockingQueue<>();
		Rehearsal rehearsal = rehearsal("--never-ready").listener(new RehearsalListener() {

			@Override
			public void podEvent(String pod, PodEvent event) {
				if (event.kind() == Kind.STARTED) {
					long pid = Long.parseLong(event.detail().replace("process ", ""));
					ProcessHandle.of(pid).ifPresent(started::add);
				}
			}

		});
		CompletableFuture<Rollout> running = CompletableFuture.supplyAsync(rehearsal::rollingUpdate);
		ProcessHandle process = started.poll(60, TimeUnit.SECONDS);
		assertThat(process).isNotNull();
		rehearsal.close();
		assertThat(running).failsWithin(Duration.ofSeconds(60))
			.withThrowableThat()
			.withMessageContaining("ended before its time");
		assertThat(process.isAlive()).isFalse();
		assertThat(started).noneMatch(ProcessHandle::isAlive);
	}

	static Rehearsal rehearsal(String... arguments) {
		return rehearsal(pod(arguments).build());
	}

	static Rehearsal rehearsal(PodSpec pod) {
		return Rehearsal.of(pod).lag(LAG).calm(Duration.ofMillis(500)).load(RehearsalIntegrationTests::load);
	}

	private static void load(Load.Builder load) {
		load.keepAliveClients(6, Duration.ofMillis(100)).freshClients(2, Duration.ofMillis(20));
	}

	static PodSpec.Builder pod(String... arguments) {
		return PodSpec.mainClass(App.class.getName())
			.argument(arguments)
			.jvmOption("-XX:TieredStopAtLevel=1", "-Xshare:auto")
			.readiness(Probe.httpGet("/readyz").withPeriod(Duration.ofMillis(200)).withTimeout(Duration.ofSeconds(5)));
	}

}

package io.podlifecycle.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.rehearsal.load.Failure;
import io.podlifecycle.rehearsal.node.Dependency;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static io.podlifecycle.rehearsal.assertj.RolloutAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Two at a time, since they wait more than they work.
 */
@Execution(ExecutionMode.CONCURRENT)
class DependencyScenariosIntegrationTests {

	/** Longer than it takes until failed probes and the lag have an effect. */
	private static final Duration SPAN = Duration.ofMillis(2_500);

	/** Longer than it takes until a dependency that is back is found. */
	private static final Duration CALM = Duration.ofSeconds(2);

	private final HttpServer target;

	DependencyScenariosIntegrationTests() throws IOException {
		this.target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
		this.target.start();
	}

	@AfterEach
	void stopTarget() {
		this.target.stop(0);
	}

	@Test
	void whileADependencyIsLostAnAppThatIsGatedByItGetsNoTraffic() {
		try (Dependency dependency = Dependency.of(this.target.getAddress())) {
			Rollout rollout = RehearsalIntegrationTests
				.rehearsal("--leave=100", "--uses=" + dependency.address(), "--gate")
				.dependencyLost(dependency, SPAN);
			assertThat(rollout).hasNoRestarts();
			assertThat(rollout.settings()).containsKeys("dependency lost", "dependency back");
			assertThat(rollout.pods()).hasSize(2)
				.allMatch((pod) -> pod.first(Kind.NOT_READY).isPresent())
				.allMatch((pod) -> pod.events().get(pod.events().size() - 1).kind() == Kind.READY);
			assertThat(rollout.endpoints()).extracting(EndpointChange::pods).contains(List.of());
			assertThat(rollout.endpoints().get(rollout.endpoints().size() - 1).pods()).hasSize(2);
		}
	}

	@Test
	void whileADependencyIsLostAnAppThatIsNotGatedByItAnswersWithErrors() {
		try (Dependency dependency = Dependency.of(this.target.getAddress())) {
			Rollout rollout = RehearsalIntegrationTests.rehearsal("--leave=100", "--uses=" + dependency.address())
				.calm(CALM)
				.dependencyLost(dependency, SPAN);
			assertThat(rollout).hasFailedRequests().hasNoRestarts();
			assertThat(rollout.load().failures()).extracting(Failure::kind).containsOnly(Failure.Kind.STATUS);
			assertThat(rollout.pods()).noneMatch((pod) -> pod.first(Kind.NOT_READY).isPresent());
			// It was back before the end.
			assertThat(rollout.slices().get(rollout.slices().size() - 1).failed()).isZero();
		}
	}

	@Test
	void anOldPodThatIsNotReadyStaysUntilItsReplacementIsReady() {
		try (Dependency dependency = Dependency.of(this.target.getAddress())) {
			dependency.start();
			Rollout rollout = RehearsalIntegrationTests
				.rehearsal("--leave=100", "--uses=" + dependency.address(), "--gate")
				.replicas(1)
				.listener(new RehearsalListener() {

					@Override
					public void podEvent(String pod, PodEvent event) {
						if (pod.equals("app-2") && event.kind() == Kind.CREATED) {
							dependency.stop();
						}
						if (pod.equals("app-1") && event.kind() == Kind.NOT_READY) {
							dependency.start();
						}
					}

				})
				.rollingUpdate();
			PodLife old = rollout.pods().get(0);
			Duration replaced = rollout.pods().get(1).first(Kind.READY).orElseThrow().at();
			assertThat(old.first(Kind.NOT_READY).orElseThrow().at()).isLessThan(replaced);
			assertThat(old.first(Kind.DELETED).orElseThrow().at()).isGreaterThanOrEqualTo(replaced);
		}
	}

	@Test
	void anAppThatLooksTheNameUpAgainFindsADependencyThatHasMoved() {
		Rollout rollout = moved("-Dsun.net.inetaddr.ttl=1");
		assertThat(rollout).hasFailedRequests().hasNoRestarts();
		assertThat(rollout.slices().get(rollout.slices().size() - 1).failed()).isZero();
	}

	@Test
	void anAppThatRemembersTheOldAddressDoesNotFindADependencyThatHasMoved() {
		Rollout rollout = moved("-Dsun.net.inetaddr.ttl=-1");
		assertThat(rollout).hasFailedRequests();
		assertThat(rollout.slices().get(rollout.slices().size() - 1))
			.matches((slice) -> slice.failed() == slice.requests());
	}

	private Rollout moved(String ttl) {
		try (Dependency dependency = Dependency.named("dependency.rehearsal", this.target.getAddress())) {
			PodSpec pod = RehearsalIntegrationTests.pod("--leave=100", "--uses=" + dependency.address())
				.jvmOption(ttl)
				.jvmOption(dependency.jvmOptions().toArray(new String[0]))
				.build();
			return RehearsalIntegrationTests.rehearsal(pod).calm(CALM).dependencyMoved(dependency, SPAN);
		}
	}

	@Test
	void whenNobodyListensWhereTheDependencyLeadsToSaysSo() {
		InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.next());
		try (Dependency dependency = Dependency.of(nowhere)) {
			assertThatExceptionOfType(RehearsalException.class)
				.isThrownBy(() -> RehearsalIntegrationTests.rehearsal("--leave=100").dependencyLost(dependency, SPAN))
				.withMessageContaining(dependency.address());
		}
	}

	@Test
	void onlyADependencyWithANameCanHaveAnotherAddress() {
		try (Dependency dependency = Dependency.of(this.target.getAddress())) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> RehearsalIntegrationTests.rehearsal("--leave=100").dependencyMoved(dependency, SPAN));
		}
	}

}

package io.podlifecycle.k8s;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stays and what changes when a pod is replaced, and when only a container is.
 */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
@Tag("full")
class RescheduleIntegrationTests {

	private static final Duration LIMIT = Duration.ofMinutes(4);

	/** On its first start it does what ends it; afterwards it stays. */
	private static final String START = "echo start >> /var/htdocs/starts; "
			+ "[ $(wc -l < /var/htdocs/starts) -gt 1 ] && exec html-generator 60; ";

	private final CompletableFuture<CrashLoop> crashLoop = new CompletableFuture<>();

	/** The crash loop takes more than a minute, in which the other tests run. */
	@BeforeAll
	void beginCrashLoop(Cluster cluster) throws Exception {
		Images.fortune(cluster);
		this.crashLoop.completeAsync(() -> watchCrashLoop(cluster), (task) -> new Thread(task, "crash-loop").start());
	}

	@Test
	void aReplacedPodOfADeploymentHasAnotherNameAndAnotherAddress(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.fortune(cluster);
		namespace.apply(FortunePod.named("web").deployment());
		Pod old = namespace.pods().await("web", Pods.is("web", ContainerStatus::getReady));
		namespace.pods().exec(old, "web", "touch", "/var/htdocs/note");
		namespace.pods().delete(old);
		Pod next = namespace.pods()
			.await("web", Pods.is("web", ContainerStatus::getReady)
				.and((pod) -> !Objects.equals(pod.getMetadata().getUid(), old.getMetadata().getUid())));
		assertThat(next.getMetadata().getName()).isNotEqualTo(old.getMetadata().getName());
		assertThat(next.getStatus().getPodIP()).isNotEqualTo(old.getStatus().getPodIP());
		assertThat(namespace.pods().exec(next, "web", "ls", "/var/htdocs")).isEmpty();
	}

	@Test
	void anEvictionWithinTheDisruptionBudgetIsGrantedAndOneAboveItIsRefused(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.fortune(cluster);
		// The pod that takes the place of an evicted one is not healthy at once.
		namespace.apply(FortunePod.named("budgeted")
			.with("readinessProbe",
					Map.of("exec", Map.of("command", List.of("ls", "/var/htdocs")), "periodSeconds", 1,
							"initialDelaySeconds", 5, "timeoutSeconds", 10))
			.deployment());
		namespace.apply(ServedApplication.disruptionBudget("budgeted"));
		namespace.apply(FortunePod.named("unlimited").deployment());
		DeployedApplication budgeted = new DeployedApplication(cluster, namespace, "budgeted");
		DeployedApplication unlimited = new DeployedApplication(cluster, namespace, "unlimited");
		unlimited.scale(2);
		budgeted.scale(2);
		for (Pod pod : unlimited.pods()) {
			assertThat(namespace.pods().evict(pod)).isTrue();
		}
		List<Pod> pods = budgeted.pods();
		awaitEvicted(namespace, pods.get(0));
		assertThat(namespace.pods().evict(pods.get(1))).isFalse();
		assertThat(uids(budgeted)).contains(uid(pods.get(1))).doesNotContain(uid(pods.get(0)));
		awaitEvicted(namespace, pods.get(1));
		budgeted.awaitAvailable();
		assertThat(uids(budgeted)).hasSize(2).doesNotContain(uid(pods.get(0)), uid(pods.get(1)));
	}

	private static List<String> uids(DeployedApplication application) {
		return application.pods().stream().map(RescheduleIntegrationTests::uid).toList();
	}

	private static String uid(Pod pod) {
		return pod.getMetadata().getUid();
	}

	/** Until the controller of the budgets has seen that enough pods are healthy. */
	private static void awaitEvicted(TestNamespace namespace, Pod pod) throws InterruptedException {
		Instant end = Instant.now().plus(LIMIT);
		while (!namespace.pods().evict(pod)) {
			assertThat(Instant.now()).as("refused eviction").isBefore(end);
			TimeUnit.MILLISECONDS.sleep(250);
		}
	}

	@Test
	void aRestartedContainerKeepsPodAddressAndVolume(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.fortune(cluster);
		namespace.apply(FortunePod.named("crash").command("sh", "-c", START + "exit 1").manifests());
		namespace.apply(FortunePod.named("oom").command("sh", "-c", START + "exec tail /dev/zero").manifests());
		// There is a page only from the second start on.
		namespace.apply(FortunePod.named("liveness")
			.command("sh", "-c", START + "exec web-server /var/htdocs")
			.with("livenessProbe",
					Map.of("exec", Map.of("command", List.of("cat", "/var/htdocs/index.html")), "periodSeconds", 1,
							"initialDelaySeconds", 2, "timeoutSeconds", 10, "failureThreshold", 5))
			.manifests());
		assertThat(restarted(namespace, "crash").getExitCode()).isEqualTo(1);
		assertThat(restarted(namespace, "oom").getReason()).isEqualTo("OOMKilled");
		assertThat(restarted(namespace, "liveness").getExitCode()).isIn(143, 137);
	}

	@Test
	void theJournalTellsAKillFromALeaveAndACorruptIndexIsSetAside(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(withJournal("told"));
		namespace.apply(withJournal("killed"));
		Pod told = namespace.pods().await("told", Pods.is("told", ContainerStatus::getReady));
		Pod killed = namespace.pods().await("killed", Pods.is("killed", ContainerStatus::getReady));
		namespace.pods().exec(told, "told", "sh", "-c", "kill -TERM $(cat /tmp/pid)");
		namespace.pods()
			.exec(killed, "killed", "sh", "-c", "echo half > /scratch/index/fortunes; kill -KILL $(cat /tmp/pid)");
		told = awaitReadyAgain(namespace, told, "told", 1);
		assertThat(namespace.pods().log(told, "told")).anyMatch((line) -> line.contains("The last run ended clean"));
		killed = awaitReadyAgain(namespace, killed, "killed", 2);
		assertThat(namespace.history().log(killed, "killed", 1))
			.anyMatch((line) -> line.contains("The last run ended killed (while it was serving)"))
			.anyMatch((line) -> line.contains("The index /scratch/index/fortunes is corrupt"));
		assertThat(namespace.pods().log(killed, "killed"))
			.anyMatch((line) -> line.contains("The last run ended crashed in startup"))
			.anyMatch((line) -> line.contains("2 unclean ends in a row"));
		assertThat(namespace.pods().exec(killed, "killed", "sh", "-c", "cat /scratch/index.aside-*/fortunes"))
			.isEqualTo("half\n");
		System.out.printf("JOURNAL %s: set aside after 2 unclean ends, ready again %s%n", cluster,
				Pods.since(killed, "Ready"));
	}

	/** The JVM is a child of process 1, which nothing in the pod can kill. */
	private static List<Map<String, Object>> withJournal(String name) {
		List<Map<String, Object>> manifests = Manifests.server(name, 20,
				Manifests.environment("POD_LIFECYCLE_JOURNAL_FILE", "/scratch/journal")
					.andThen(Manifests.environment("POD_LIFECYCLE_JOURNAL_SCRATCH_DIRECTORIES", "/scratch/index"))
					.andThen(Manifests.environment("POD_LIFECYCLE_JOURNAL_UNCLEAN_LIMIT", "2"))
					.andThen(Manifests.environment("SAMPLE_INDEX_DIRECTORY", "/scratch/index"))
					.andThen(Manifests::probeEachSecond)
					.andThen((container) -> {
						container.put("command",
								List.of("sh", "-c", "java -jar sample-app.jar & echo $! > /tmp/pid; wait $!"));
						Kustomization.maps(container.get("volumeMounts"))
							.add(Map.of("name", "scratch", "mountPath", "/scratch"));
					}));
		Kustomization.maps(Manifests.podSpec(manifests, name).get("volumes"))
			.add(Map.of("name", "scratch", "emptyDir", Map.of()));
		return manifests;
	}

	private static Pod awaitReadyAgain(TestNamespace namespace, Pod pod, String container, int restarts)
			throws Exception {
		Pod again = namespace.pods()
			.await(container,
					Pods.is(container, (status) -> status.getRestartCount() == restarts && status.getReady()));
		assertThat(again.getMetadata().getUid()).isEqualTo(pod.getMetadata().getUid());
		return again;
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void aCrashLoopBacksOffAndItsPodStaysCounted(Cluster cluster) {
		CrashLoop loop = this.crashLoop.join();
		System.out.printf("CRASH LOOP %s: pauses of %s s, pods: %d%n", cluster, loop.pauses(), loop.pods());
		assertThat(loop.pods()).isOne();
		// The first restart comes at once. The kubelet looks again every few seconds.
		assertThat(loop.pauses()).hasSizeGreaterThanOrEqualTo(4);
		assertThat(loop.pauses().get(1)).isGreaterThanOrEqualTo(10);
		assertThat(loop.pauses().get(2)).isGreaterThanOrEqualTo(20);
		assertThat(loop.pauses().get(3)).isGreaterThanOrEqualTo(40);
	}

	private static CrashLoop watchCrashLoop(Cluster cluster) {
		try (TestNamespace namespace = TestNamespace.create(cluster, "crash-loop")) {
			namespace.apply(FortunePod.named("loop").command("sh", "-c", "exit 1").deployment());
			Set<String> pods = new HashSet<>();
			List<Instant> starts = new ArrayList<>();
			Instant end = Instant.now().plus(LIMIT);
			while (starts.size() < 5 && Instant.now().isBefore(end)) {
				for (Pod pod : namespace.pods().list("loop")) {
					pods.add(uid(pod));
					for (ContainerStatus container : pod.getStatus().getContainerStatuses()) {
						addStart(starts, container.getState());
						addStart(starts, container.getLastState());
					}
				}
				TimeUnit.MILLISECONDS.sleep(250);
			}
			List<Long> pauses = new ArrayList<>();
			for (int i = 1; i < starts.size(); i++) {
				pauses.add(Duration.between(starts.get(i - 1), starts.get(i)).toSeconds());
			}
			return new CrashLoop(pods.size(), pauses);
		}
		catch (Exception ex) {
			throw new CompletionException(ex);
		}
	}

	private static void addStart(List<Instant> starts, ContainerState state) {
		if (state != null && state.getTerminated() != null && state.getTerminated().getStartedAt() != null) {
			Instant start = Instant.parse(state.getTerminated().getStartedAt());
			if (starts.isEmpty() || start.isAfter(starts.get(starts.size() - 1))) {
				starts.add(start);
			}
		}
	}

	private static ContainerStateTerminated restarted(TestNamespace namespace, String name) throws Exception {
		Pods pods = namespace.pods();
		Pod first = pods.await(name, (pod) -> pod.getStatus().getPodIP() != null);
		Pod second = pods.await(name, Pods.is(name,
				(container) -> container.getRestartCount() == 1 && container.getState().getRunning() != null));
		assertThat(second.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
		assertThat(second.getStatus().getPodIP()).isEqualTo(first.getStatus().getPodIP());
		assertThat(pods.exec(second, name, "cat", "/var/htdocs/starts").lines()).hasSize(2);
		return Pods.container(second, name).getLastState().getTerminated();
	}

	/**
	 * A pod whose only container ends at once, again and again.
	 *
	 * @param pods how many there were
	 * @param pauses the seconds between two starts
	 */
	private record CrashLoop(int pods, List<Long> pauses) {
	}

}

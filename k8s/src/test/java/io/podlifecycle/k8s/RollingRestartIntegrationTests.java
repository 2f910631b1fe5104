package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.podlifecycle.k8s.PodHistory.PodEnd;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The manifests' base, which requests less CPU here and whose JVM has the first compiler
 * only, is restarted under load, on a cluster that learns late that a pod has terminated.
 * What other clients see, and what they see without the library, is told by
 * {@link ClientsIntegrationTests}.
 */
@ClusterTest
@Order(Integer.MAX_VALUE)
@Execution(ExecutionMode.CONCURRENT)
@Tag("full")
class RollingRestartIntegrationTests {

	private static final String APPLICATION = "fortune-client";

	private static final Duration PAUSE = Duration.ofMillis(300);

	private static final Integer SIGTERM = 143;

	/** Nothing is set, as an empty value is none. */
	private static final Consumer<Map<String, Object>> FIRST_DAY = (container) -> {
		String grace = "POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD";
		Kustomization.maps(container.get("env")).removeIf((variable) -> grace.equals(variable.get("name")));
		Manifests.environment(grace, "").accept(container);
	};

	private static final Consumer<Map<String, Object>> WITHOUT_THE_LIBRARY = Manifests
		.environment("POD_LIFECYCLE_ENABLED", "false");

	@Test
	void noRequestFailsInARollingRestart(Cluster cluster, TestNamespace namespace) throws Exception {
		LoadPod.Result load = rollUnderLoad(cluster, namespace, "with the library", PAUSE, (manifests) -> {
		});
		assertThat(load.requests()).isGreaterThan(1000);
		assertThat(load.failed()).as(load.json()).isZero();
		assertThat(endsBySigterm(namespace)).hasSize(3);
	}

	/**
	 * A team adds the dependency to an application whose pods have a preStop sleep, and
	 * changes nothing else.
	 */
	@Test
	void onTheFirstDayNothingIsLostAndNoPodIsKilled(Cluster cluster, TestNamespace namespace) throws Exception {
		LoadPod.Result load = rollUnderLoad(cluster, namespace, "with the library, preStop sleep of 10 s, no property",
				PAUSE, (manifests) -> {
					Manifests.editContainer(manifests, APPLICATION,
							FIRST_DAY.andThen(Manifests.preStopSleep(10)).andThen(Manifests::probeEachSecond));
					Manifests.endsWithin(manifests, APPLICATION, 30);
				});
		assertThat(load.failed()).as(load.json()).isZero();
		assertThat(endsBySigterm(namespace)).hasSize(3)
			.allSatisfy((end) -> assertThat(namespace.history().log(end))
				.filteredOn((line) -> line.contains("a preStop hook is assumed to take 10 s"))
				.hasSize(1));
	}

	/** The cluster does not always tell the exit code, and then the log has to. */
	private static List<PodEnd> endsBySigterm(TestNamespace namespace) {
		List<PodEnd> ends = namespace.history().ends(APPLICATION);
		assertThat(ends).extracting(PodEnd::exitCode).filteredOn(Objects::nonNull).allMatch(SIGTERM::equals);
		assertThat(ends).allSatisfy((end) -> assertThat(namespace.history().log(end))
			.anyMatch((line) -> line.contains("trigger: SIGTERM, exit code: 143")));
		return ends;
	}

	/**
	 * Tomcat closes a connection after 100 requests, so quick clients escape.
	 */
	@Test
	void preStopSleepLosesKeptConnections(Cluster cluster, TestNamespace namespace) throws Exception {
		LoadPod.Result load = rollUnderLoad(cluster, namespace, "without the library, preStop sleep of 10 s",
				Duration.ofSeconds(1), (manifests) -> Manifests.editContainer(manifests, APPLICATION,
						WITHOUT_THE_LIBRARY.andThen(Manifests.preStopSleep(10))));
		assertThat(load.failed()).as(load.json()).isPositive();
	}

	private static LoadPod.Result rollUnderLoad(Cluster cluster, TestNamespace namespace, String what,
			Duration keepAlivePause, Consumer<List<Map<String, Object>>> change) throws Exception {
		Images.sampleApp(cluster);
		List<Map<String, Object>> manifests = Kustomization.render(Path.of("base"));
		Manifests.requestLittleCpu(manifests, APPLICATION);
		Manifests.editContainer(manifests, APPLICATION, Manifests.FIRST_COMPILER);
		change.accept(manifests);
		namespace.apply(manifests);
		Images.load(cluster);
		DeployedApplication application = new DeployedApplication(cluster, namespace, APPLICATION);
		application.awaitRollout();
		// Until the nodes know all pods, the connections would all go to the first.
		Settling.awaitEndpoints();
		LoadPod load = LoadPod.start(cluster.client(), namespace.name(), APPLICATION, "/hello", keepAlivePause);
		application.restart();
		Settling.awaitEndpoints();
		LoadPod.Result result = load.stop();
		System.out.printf("ROLLING RESTART %s, %s, %s, %s%n", what, cluster, result,
				summary(namespace.history().ends(APPLICATION)));
		return result;
	}

	private static String summary(List<PodEnd> ends) {
		LongSummaryStatistics seconds = ends.stream().mapToLong((end) -> end.took().toSeconds()).summaryStatistics();
		List<Integer> exitCodes = ends.stream().map(PodEnd::exitCode).filter(Objects::nonNull).sorted().toList();
		return "%d pods ended after %d to %d s (%.1f on average), with exit codes %s".formatted(ends.size(),
				seconds.getMin(), seconds.getMax(), seconds.getAverage(), exitCodes);
	}

}

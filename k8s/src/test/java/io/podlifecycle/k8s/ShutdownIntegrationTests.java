package io.podlifecycle.k8s;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.podlifecycle.k8s.PodHistory.PodEnd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a pod ends: who is told what, in which order, and within which time.
 */
@ClusterTest
@Tag("full")
class ShutdownIntegrationTests {

	private static final int GRACE = 14;

	private static final Integer SIGTERM = 143;

	private static final Integer SIGKILL = 137;

	private static final Integer OVERRUN = 70;

	/** What {@code ENTRYPOINT java -jar sample-app.jar} makes of itself. */
	private static final Consumer<Map<String, Object>> SHELL_FORM = (container) -> container.put("command",
			List.of("/bin/sh", "-c", "java -jar sample-app.jar"));

	private static final Consumer<Map<String, Object>> HANGS_AT_THE_END = Manifests.environment("SAMPLE_CLOSE_TAKES",
			"2m");

	@Test
	void aShellInBetweenSwallowsTheSignal(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(Manifests.server("exec-form", GRACE, Manifests::probeEachSecond));
		namespace.apply(Manifests.server("shell-form", GRACE, SHELL_FORM.andThen(Manifests::probeEachSecond)));
		Pod exec = awaitReady(namespace, "exec-form");
		Pod shell = awaitReady(namespace, "shell-form");
		namespace.remove(exec, shell);
		PodEnd told = namespace.history().awaitEnd("exec-form");
		PodEnd killed = namespace.history().awaitEnd("shell-form");
		System.out.printf("SIGNALS %s: %s, %s%n", cluster, told, killed);
		assertExitCode(told, SIGTERM);
		assertThat(told.took()).isLessThan(Duration.ofSeconds(GRACE));
		assertThat(namespace.history().log(exec, "exec-form"))
			.anyMatch((line) -> line.contains("Shutting down on SIGTERM"));
		assertExitCode(killed, SIGKILL);
		assertThat(killed.took()).isGreaterThan(Duration.ofSeconds(GRACE - 2));
		assertThat(namespace.history().log(shell, "shell-form"))
			.anyMatch((line) -> line.contains("WARN") && line.contains("Process 1 is the shell '/bin/sh'"))
			.noneMatch((line) -> line.contains("Shutting down on SIGTERM"));
	}

	@Test
	void aPodThatWouldOverrunEndsByItselfAndSaysWhatHangs(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		namespace.apply(Manifests.server("with-library", GRACE, HANGS_AT_THE_END.andThen(Manifests::probeEachSecond)));
		namespace.apply(Manifests.server("without-library", GRACE, HANGS_AT_THE_END.andThen(Manifests::probeEachSecond)
			.andThen(Manifests.environment("POD_LIFECYCLE_ENABLED", "false"))));
		Pod with = awaitReady(namespace, "with-library");
		Pod without = awaitReady(namespace, "without-library");
		namespace.remove(with, without);
		PodEnd itself = namespace.history().awaitEnd("with-library");
		PodEnd killed = namespace.history().awaitEnd("without-library");
		System.out.printf("OVERRUN %s: %s, %s%n", cluster, itself, killed);
		assertExitCode(itself, OVERRUN);
		if (itself.message() != null) {
			assertThat(itself.message()).contains("slowGoodbye");
		}
		assertThat(namespace.history().log(with, "with-library"))
			.anyMatch((line) -> line.contains("halting with exit code 70"))
			.anyMatch((line) -> line.contains("SlowGoodbye.destroy"));
		assertExitCode(killed, SIGKILL);
		assertThat(killed.took()).isGreaterThan(Duration.ofSeconds(GRACE - 2));
	}

	@Test
	void thePreStopHookComesFirstAndItsTimeComesOutOfTheGracePeriod(Cluster cluster, TestNamespace namespace)
			throws Exception {
		Images.sampleApp(cluster);
		// It writes to the log of the application, which is process 1.
		String hook = "exec > /proc/1/fd/1; echo preStop begins; sleep 4; echo preStop ends";
		namespace.apply(Manifests.server("server", GRACE,
				Manifests.environment("POD_LIFECYCLE_SHUTDOWN_PRE_STOP_DELAY", "4s")
					.andThen((container) -> container.put("lifecycle",
							Map.of("preStop", Map.of("exec", Map.of("command", List.of("sh", "-c", hook))))))
					.andThen(Manifests::probeEachSecond)));
		Pod pod = awaitReady(namespace, "server");
		namespace.remove(pod);
		PodEnd end = namespace.history().awaitEnd("server");
		System.out.printf("PRE-STOP %s: %s%n", cluster, end);
		assertExitCode(end, SIGTERM);
		assertThat(end.took()).isLessThan(Duration.ofSeconds(GRACE)).isGreaterThan(Duration.ofSeconds(3));
		List<String> log = namespace.history().log(pod, "server");
		assertThat(log).containsSubsequence("preStop begins", "preStop ends");
		assertThat(log.subList(log.indexOf("preStop begins"), log.indexOf("preStop ends")))
			.noneMatch((line) -> line.contains("Shutting down on SIGTERM"));
		assertThat(log.subList(log.indexOf("preStop ends"), log.size()))
			.anyMatch((line) -> line.contains("Shutting down on SIGTERM"));
	}

	/** An old cluster does not always tell, and then the log has to. */
	static void assertExitCode(PodEnd end, Integer expected) {
		if (end.exitCode() != null) {
			assertThat(end.exitCode()).isEqualTo(expected);
		}
	}

	private static Pod awaitReady(TestNamespace namespace, String application) throws Exception {
		return namespace.pods().await(application, Pods.is(application, ContainerStatus::getReady));
	}

}

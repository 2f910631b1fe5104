package io.podlifecycle.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pod leaves under load, on each web server and in each protocol.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServersIntegrationTests {

	@ParameterizedTest
	@EnumSource
	void inCleartextNoRequestFails(Server server) {
		assertNoRequestFails(roll(server, null));
	}

	@ParameterizedTest
	@EnumSource
	void overTlsNoRequestFails(Server server, @TempDir Path directory) throws Exception {
		assertNoRequestFails(roll(server, TestCertificate.createIn(directory)));
	}

	@ParameterizedTest
	@EnumSource
	void withTheLibraryOffRequestsFail(Server server) {
		Rollout rollout = roll(server, null, "--pod-lifecycle.enabled=false");
		assertThat(rollout.failed()).isPositive();
	}

	private static void assertNoRequestFails(Rollout rollout) {
		assertThat(rollout.results()).allSatisfy((kind, result) -> {
			assertThat(result.failures()).as("%s: %s", kind, rollout).isEmpty();
			assertThat(result.requests()).isPositive();
		});
		assertThat(rollout.exitCode()).isEqualTo(143);
		assertThat(rollout.log()).contains("0 connections left open");
		// Clients left, so the delay ended on evidence, far from its cap.
		assertThat(rollout.log()).contains("traffic had stopped");
		assertThat(rollout.timeToEnd()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(15));
	}

	private static Rollout roll(Server server, @Nullable TestCertificate certificate, String... arguments) {
		// A lag in proportion to the shorter delay.
		List<String> all = new ArrayList<>(List.of("--pod-lifecycle.shutdown.propagation.min=3s",
				"--pod-lifecycle.shutdown.propagation.max=20s", "--pod-lifecycle.shutdown.grace-period=60"));
		all.addAll(List.of(arguments));
		Rollout rollout = Rollout.of(new Rollout.Plan(server, certificate, List.of(ClientKind.values()),
				Duration.ofMillis(500), Duration.ZERO, all));
		System.out.println("Rolled " + server + ((certificate != null) ? " with TLS " : " ")
				+ String.join(" ", arguments) + ": " + rollout);
		return rollout;
	}

}

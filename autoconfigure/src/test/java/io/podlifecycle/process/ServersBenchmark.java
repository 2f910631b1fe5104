package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.probe.TestCertificate;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.process.AppProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients of a pod that leaves see, on each web server, in each protocol and from
 * each kind of client: with plain Spring Boot, with a preStop sleep, and with this
 * library. Writes {@code target/servers.md}. Run by
 * {@code mvn verify -pl autoconfigure -am -Dtest=none -Dit.test=ServersBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}; takes
 * about ten minutes.
 */
class ServersBenchmark {

	/** Late, and not later than most clusters. */
	private static final Duration LAG = Duration.ofSeconds(1);

	@Test
	void run(@TempDir Path directory) throws Exception {
		TestCertificate certificate = TestCertificate.create(directory, "ip:127.0.0.1");
		StringBuilder table = new StringBuilder();
		for (Server server : Server.values()) {
			for (@Nullable
			TestCertificate tls : new @Nullable TestCertificate[] { null, certificate }) {
				ServerRollout plain = roll(server, tls, Duration.ZERO, "--pod-lifecycle.enabled=false");
				ServerRollout sleep = roll(server, tls, Duration.ofSeconds(10), "--pod-lifecycle.enabled=false");
				ServerRollout library = roll(server, tls, Duration.ZERO);
				for (ClientKind kind : ClientKind.values()) {
					table.append(String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %s |%n", server,
							kind.protocol(tls != null), kind, cell(plain, kind), cell(sleep, kind),
							cell(library, kind)));
				}
				write(table);
			}
		}
	}

	/**
	 * A pod that leaves while clients of the JDK use it, all through its delay. The
	 * property {@code client.java.homes} names Java installations, separated by commas.
	 */
	@Test
	void runClientsOfTheJdk() {
		String homes = System.getProperty("client.java.homes", System.getProperty("java.home"));
		for (Server server : Server.values()) {
			try (Service service = Service
				.startOnKubernetes(server, "--server.http2.enabled=true",
						"--pod-lifecycle.shutdown.propagation.mode=fixed")
				.awaitReady()) {
				List<AppProcess> clients = Stream.of(homes.split(","))
					.map((home) -> AppProcess.builder()
						.javaHome(Path.of(home))
						.mainClass(JdkHttp2Clients.class.getName())
						.argument(service.uri("/hello").toString(), "9")
						.start())
					.toList();
				TimeUnit.SECONDS.sleep(3);
				service.terminate();
				for (AppProcess client : clients) {
					client.awaitExit(Service.END);
					client.log().forEach((line) -> System.out.println("| " + server + " | h2c | " + line.text()));
					client.close();
				}
				service.awaitExit();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static ServerRollout roll(Server server, @Nullable TestCertificate certificate, Duration preStopSleep,
			String... arguments) {
		ServerRollout rollout = ServerRollout.of(new ServerRollout.Plan(server, certificate,
				List.of(ClientKind.values()), LAG, preStopSleep, List.of(arguments)));
		System.out.println(server + " " + (certificate != null) + " " + preStopSleep + " " + String.join(" ", arguments)
				+ ": " + rollout);
		return rollout;
	}

	private static String cell(ServerRollout rollout, ClientKind kind) {
		LoadResult result = Objects.requireNonNull(rollout.results().get(kind));
		long requests = result.requests();
		long failed = result.failed();
		return String.format(Locale.ROOT, "%s of %d, %.1f s", (failed == 0) ? "**0**" : failed, requests,
				rollout.timeToEnd().toMillis() / 1000.0);
	}

	private static void write(StringBuilder table) throws IOException {
		String text = "Measured on " + LocalDate.now(ZoneOffset.UTC) + " with Java " + Runtime.version().feature()
				+ " on " + Runtime.getRuntime().availableProcessors() + " cores.\n\n"
				+ "| server | protocol | clients | plain Spring Boot | `preStop` sleep of 10 s | this library |\n"
				+ "|---|---|---|---|---|---|\n" + table;
		Files.writeString(Path.of("target", "servers.md"), text);
	}

}

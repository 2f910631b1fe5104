package io.podlifecycle.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that never end, not even when they are interrupted: the drain gives them up,
 * and the close of the context does not wait for them again. The process is killed when
 * its grace period is over, as a pod is.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class GivenUpWorkIntegrationTests {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(10);

	private static final String[] KINDS = { "sync", "async", "streaming" };

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void isNotWaitedForAgain() throws IOException {
		Path journal = this.directory.resolve("journal");
		try (Service service = start(Server.TOMCAT, GRACE_PERIOD, "--pod-lifecycle.journal.file=" + journal);
				Service withoutLibrary = start(Server.TOMCAT, GRACE_PERIOD, "--pod-lifecycle.enabled=false")) {
			hang(service, KINDS);
			hang(withoutLibrary, KINDS);
			CompletableFuture<Integer> killed = CompletableFuture.supplyAsync(() -> end(withoutLibrary, GRACE_PERIOD));
			assertThat(end(service, GRACE_PERIOD)).as(service::log).isEqualTo(143);
			assertThat(killed).isNotDone();
			assertThat(service.log()).contains("Beans are destroyed", "3 cut off", "cut off: GET /hang/sync",
					"cut off: GET /hang/async", "cut off: GET /hang/streaming");
			assertThat(journal).content().contains(" clean ");
			assertThat(killed.join()).isEqualTo(137);
			assertThat(withoutLibrary.log()).doesNotContain("Beans are destroyed");
		}
	}

	@ParameterizedTest
	@EnumSource(value = Server.class, mode = Mode.EXCLUDE, names = "TOMCAT")
	@Tag("full")
	void isNotWaitedForAgainByAnyOtherServer(Server server) {
		try (Service service = start(server, Duration.ofSeconds(14))) {
			hang(service, KINDS);
			assertThat(end(service, Duration.ofSeconds(14))).as(service::log).isEqualTo(143);
			assertThat(service.log()).contains("Beans are destroyed", "3 cut off", "cut off: GET /hang/sync",
					"cut off: GET /hang/async", "cut off: GET /hang/streaming");
		}
	}

	/** Each alone, since one may end what another would hold up. */
	@ParameterizedTest
	@ValueSource(strings = { "sync", "async", "streaming" })
	@Tag("full")
	void isNotWaitedForAgainWhateverItsKind(String kind) {
		try (Service service = start(Server.TOMCAT, Duration.ofSeconds(14))) {
			hang(service, kind);
			assertThat(end(service, Duration.ofSeconds(14))).as(service::log).isEqualTo(143);
			assertThat(service.log()).contains("Beans are destroyed", "1 cut off", "cut off: GET /hang/" + kind);
		}
	}

	@ParameterizedTest
	@EnumSource(Server.class)
	@Tag("full")
	void isNotWaitedForByAServerForManagement(Server server) {
		int port = FreePort.next();
		try (Service service = launch(server, GRACE_PERIOD, "--management.server.port=" + port)
			.withManagementPort(port)) {
			assertIsGivenUp(service.awaitReady());
		}
	}

	@Test
	@Tag("full")
	void isNotWaitedForByEventLoopsOfTheApplicationsOwn() {
		try (Service service = launch(Server.REACTOR_NETTY, GRACE_PERIOD, "--app.own-event-loops=true")) {
			assertIsGivenUp(service.awaitReady());
		}
	}

	private static void assertIsGivenUp(Service service) {
		hang(service, KINDS);
		assertThat(end(service, GRACE_PERIOD)).as(service::log).isEqualTo(143);
		assertThat(service.log()).contains("Beans are destroyed", "cut off: GET /hang/sync", "cut off: GET /hang/async",
				"cut off: GET /hang/streaming");
	}

	@Test
	@Tag("full")
	void isNoCrash() throws IOException {
		Path scratch = Files.createDirectory(this.directory.resolve("scratch"));
		Files.writeString(scratch.resolve("index"), "precious");
		String[] journal = { "--pod-lifecycle.journal.file=" + this.directory.resolve("journal"),
				"--pod-lifecycle.journal.scratch-directories=" + scratch, "--pod-lifecycle.journal.unclean-limit=1" };
		try (Service service = start(Server.TOMCAT, GRACE_PERIOD, journal)) {
			hang(service, KINDS);
			assertThat(end(service, GRACE_PERIOD)).isEqualTo(143);
		}
		try (Service service = start(Server.TOMCAT, GRACE_PERIOD, journal)) {
			assertThat(service.log()).contains("The last run ended clean", "0 unclean ends in a row");
			assertThat(scratch.resolve("index")).hasContent("precious");
		}
	}

	private static Service start(Server server, Duration gracePeriod, String... arguments) {
		return launch(server, gracePeriod, arguments).awaitReady();
	}

	private static Service launch(Server server, Duration gracePeriod, String... arguments) {
		String[] common = { Hangs.SOURCE, "--pod-lifecycle.shutdown.grace-period=" + gracePeriod.toSeconds(),
				"--pod-lifecycle.shutdown.propagation.max=0s" };
		return Service.startOnKubernetes(server,
				Stream.of(common, arguments).flatMap(Stream::of).toArray(String[]::new));
	}

	private static void hang(Service service, String... kinds) {
		for (String kind : kinds) {
			Thread client = new Thread(() -> {
				try {
					service.get("/hang/" + kind);
				}
				catch (IOException ex) {
					// As it must be: it is cut off.
				}
			});
			client.setDaemon(true);
			client.start();
			service.awaitLog("Request hangs: " + kind);
		}
	}

	private static int end(Service service, Duration gracePeriod) {
		service.terminate();
		if (!service.hasEndedWithin(gracePeriod)) {
			service.signal("KILL");
		}
		return service.awaitExit();
	}

}

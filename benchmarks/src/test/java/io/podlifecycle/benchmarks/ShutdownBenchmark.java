package io.podlifecycle.benchmarks;

import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import com.sun.management.UnixOperatingSystemMXBean;
import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * SIGTERM amid ten thousand requests or connections, with the library and without it. Run
 * by {@code mvn verify -Pbenchmarks -pl benchmarks -am -Dit.test=ShutdownBenchmark};
 * takes about three minutes. The property {@code service.java.home} names the JDK that
 * the service runs on, if not that of the build: so many open requests need virtual
 * threads. The property {@code connections} says how many there are.
 */
class ShutdownBenchmark {

	private static final int CONNECTIONS = Integer.getInteger("connections", 10_000);

	private static final Path JDK = Path.of(System.getProperty("service.java.home", System.getProperty("java.home")));

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	/** Longer than plain Spring Boot takes to leave, so that some ask on the way. */
	private static final Duration SPREAD = Duration.ofSeconds(8);

	@BeforeAll
	static void soManyFilesMayBeOpen() {
		long limit = ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getMaxFileDescriptorCount();
		assumeThat(limit).as("files that a process may have open, ulimit -Hn").isGreaterThan(CONNECTIONS + 1000L);
	}

	@Test
	void openRequests() throws IOException {
		assumeThat(version(JDK).feature())
			.as("version of the JDK at " + JDK + ": it has no virtual threads, name another with -Dservice.java.home")
			.isGreaterThanOrEqualTo(FIRST_WITH_VIRTUAL_THREADS);
		measure("open requests, each answered 5 s after the last one has come",
				(service, crowd) -> crowd.ask("/all", Duration.ZERO,
						() -> service.log().stream().anyMatch((line) -> line.text().equals("All are here"))),
				Crowd::listen, "--spring.threads.virtual.enabled=true");
	}

	@Test
	void idleConnections() throws IOException {
		measure("idle connections", ShutdownBenchmark::useOnce, Crowd::listen);
	}

	@Test
	void idleConnectionsThatAreUsedOnceMore() throws IOException {
		measure("idle connections, each used once more within 8 s, while one request takes 5 s", (service, crowd) -> {
			useOnce(service, crowd);
			crowd.keepBusy("/slow");
			service.awaitLog("One is slow", TIMEOUT);
		}, (crowd, end) -> crowd.ask("/hello", SPREAD, end));
	}

	private static void useOnce(AppProcess service, Crowd crowd) throws IOException {
		crowd.ask("/hello", Duration.ZERO, crowd::allAreAnswered);
		crowd.countAnew();
	}

	private static void measure(String what, Before before, After after, String... arguments) throws IOException {
		System.out
			.printf("%n| %,d %s (JDK %s) | answered | failed | left before | from SIGTERM to the end | exit code |"
					+ "%n|---|---|---|---|---|---|%n", CONNECTIONS, what, version(JDK).feature());
		for (Variant variant : Variant.values()) {
			int port = FreePort.next();
			try (AppProcess service = start(variant, port, arguments); Crowd crowd = new Crowd(CONNECTIONS, port)) {
				before.prepare(service, crowd);
				CompletableFuture<Long> end = service.onExit().thenApply((code) -> System.nanoTime());
				long start = System.nanoTime();
				service.terminate();
				after.behave(crowd, end::isDone);
				crowd.listenToTheRest();
				System.out.printf(Locale.ROOT, "| %s | %,d | %,d | %,d | %.1f s | %d |%n", variant, crowd.answered(),
						crowd.failed(), crowd.left(), (end.join() - start) / 1e9, service.awaitExit(TIMEOUT));
			}
		}
	}

	private static AppProcess start(Variant variant, int port, String... arguments) {
		AppProcess service = Variant.onKubernetes(variant.process(port))
			.javaHome(JDK)
			.jvmOption("-Xmx2g")
			.argument("--crowd.size=" + CONNECTIONS, "--server.tomcat.max-connections=" + (CONNECTIONS + 100),
					"--server.tomcat.accept-count=1000")
			.argument(arguments)
			.start();
		service.awaitLog("Started ServiceApplication", TIMEOUT);
		return service;
	}

	private static Runtime.Version version(Path javaHome) throws IOException {
		Properties release = new Properties();
		try (Reader reader = Files.newBufferedReader(javaHome.resolve("release"))) {
			release.load(reader);
		}
		return Runtime.Version.parse(release.getProperty("JAVA_VERSION", "").replace("\"", ""));
	}

	@FunctionalInterface
	private interface Before {

		void prepare(AppProcess service, Crowd crowd) throws IOException;

	}

	@FunctionalInterface
	private interface After {

		void behave(Crowd crowd, BooleanSupplier end) throws IOException;

	}

}

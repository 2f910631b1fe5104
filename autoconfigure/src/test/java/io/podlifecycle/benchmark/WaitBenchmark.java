package io.podlifecycle.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long after a dependency answers the wait ends, and what the wait costs. Run by
 * {@code mvn verify -pl autoconfigure -am -Dtest=none -Dit.test=WaitBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false}; takes
 * some minutes.
 */
class WaitBenchmark {

	@Test
	void cost() throws InterruptedException {
		for (int count : new int[] { 0, 1, 5, 20 }) {
			run(WaitCost.class, AppProcess.builder().argument(String.valueOf(count)));
		}
	}

	@Test
	void delay(@TempDir Path directory) throws Exception {
		run(WaitMeasurements.class, withHosts(directory));
	}

	@Test
	void delayWithMany(@TempDir Path directory) throws Exception {
		run(WaitForMany.class, withHosts(directory));
	}

	private static AppProcessBuilder withHosts(Path directory) throws IOException {
		Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
		return AppProcess.builder().jvmOption("-Djdk.net.hosts.file=" + hosts).argument(hosts.toString());
	}

	private static void run(Class<?> main, AppProcessBuilder builder) throws InterruptedException {
		try (AppProcess benchmark = builder.mainClass(main.getName()).jvmOption("-Xmx256m").start()) {
			assertThat(benchmark.awaitExit(Duration.ofMinutes(20))).isZero();
			benchmark.log().forEach((line) -> System.out.println(line.text()));
		}
	}

}

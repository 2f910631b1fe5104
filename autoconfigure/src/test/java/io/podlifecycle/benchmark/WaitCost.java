package io.podlifecycle.benchmark;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.rehearsal.process.FreePort;

/**
 * What a wait costs: the CPU time of a JVM that has just started and waits for ports
 * where nobody listens, what it loads and compiles for that included. With 0
 * dependencies: what the JVM costs by itself.
 */
final class WaitCost {

	private static final Duration LENGTH = Duration.ofSeconds(20);

	private WaitCost() {
	}

	public static void main(String[] arguments) throws Exception {
		int count = Integer.parseInt(arguments[0]);
		List<Dependency> dependencies = IntStream.range(0, count)
			.mapToObj((i) -> Waits.dependency("tcp://127.0.0.1:" + FreePort.next()))
			.toList();
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		long compiledBefore = compiler.getTotalCompilationTime();
		long before = system.getProcessCpuTime();
		int tries = waitFor(dependencies);
		double share = (system.getProcessCpuTime() - before) / (double) LENGTH.toNanos();
		System.out.printf("%-45s %6.2f %% of a core, %d tries, %.1f s of compilation in it%n",
				(count > 0) ? "a wait for " + count + " that nobody listens for" : "no wait", share * 100, tries,
				(compiler.getTotalCompilationTime() - compiledBefore) / 1000.0);
		System.exit(0);
	}

	private static int waitFor(List<Dependency> dependencies) throws InterruptedException {
		if (dependencies.isEmpty()) {
			TimeUnit.NANOSECONDS.sleep(LENGTH.toNanos());
			return 0;
		}
		return Waits.of(dependencies)
			.await(LENGTH, Duration.ofMinutes(1))
			.outcomes()
			.stream()
			.mapToInt(DependencyOutcome::attempts)
			.sum();
	}

}

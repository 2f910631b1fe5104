package io.podlifecycle.benchmark;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyMonitor;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.DependencyWait;
import io.podlifecycle.rehearsal.process.FreePort;

/**
 * What a wait costs: the CPU time of a JVM that has just started and waits for ports
 * where nobody listens, first with what it loads and compiles for it, and then without.
 * With 0 dependencies: what the JVM costs by itself.
 */
final class WaitCost {

	private static final Duration LENGTH = Duration.ofSeconds(20);

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private WaitCost() {
	}

	public static void main(String[] arguments) throws Exception {
		int count = Integer.parseInt(arguments[0]);
		List<Dependency> dependencies = IntStream.range(0, count)
			.mapToObj((i) -> Waits.dependency("tcp://127.0.0.1:" + FreePort.next()))
			.toList();
		DependencyWait wait = Waits.of(dependencies);
		long start = SYSTEM.getProcessCpuTime();
		try (DependencyMonitor tries = wait.start(Duration.ofHours(1))) {
			TimeUnit.NANOSECONDS.sleep(LENGTH.toNanos());
			long middle = SYSTEM.getProcessCpuTime();
			TimeUnit.NANOSECONDS.sleep(LENGTH.toNanos());
			long end = SYSTEM.getProcessCpuTime();
			System.out.printf("%-45s %6.2f %% of a core in its first %d s, %.2f %% in as many after that, %d tries%n",
					(count > 0) ? "a wait for " + count + " that nobody listens for" : "no wait",
					percent(middle - start), LENGTH.toSeconds(), percent(end - middle),
					tries.outcomes().stream().mapToInt(DependencyOutcome::attempts).sum());
		}
		System.exit(0);
	}

	private static double percent(long nanos) {
		return 100.0 * nanos / LENGTH.toNanos();
	}

}

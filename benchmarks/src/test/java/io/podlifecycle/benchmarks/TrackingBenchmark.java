package io.podlifecycle.benchmarks;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What it costs to know which requests are in flight, beside what else one could do. Run
 * by {@code mvn verify -Pbenchmarks -pl benchmarks -am -Dit.test=TrackingBenchmark};
 * takes about five minutes. The property {@code forks} says how many JVMs each figure is
 * the median of.
 */
class TrackingBenchmark {

	@Test
	void counters() throws RunnerException {
		new Comparison(Counters.class, "atomicLong").run(1, 2, 8);
	}

	@Test
	void servletFilters() throws RunnerException {
		new Comparison(ServletFilters.class, "empty").run(1, 2, 8);
	}

	@Test
	void webFilters() throws RunnerException {
		new Comparison(WebFilters.class, "empty").run(1, 2);
	}

}

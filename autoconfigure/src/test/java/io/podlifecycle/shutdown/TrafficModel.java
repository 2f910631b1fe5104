package io.podlifecycle.shutdown;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * Who sends requests, and when, in seconds: a number of peers, each of which sends until
 * it has learned of the shutdown.
 *
 * @param name what it is called in the documentation
 * @param sources makes the sources of one run
 * @param pauses how often per second the process is paused, for 0.5 to 3 s
 */
record TrafficModel(String name, Function<SplittableRandom, List<TrafficModel.Source>> sources, double pauses) {

	static List<TrafficModel> all() {
		List<TrafficModel> models = new ArrayList<>();
		for (double rate : new double[] { 1, 20, 500 }) {
			models.add(of("Poisson, " + text(rate) + "/s", (random) -> List.of(poisson(random, "a", rate))));
		}
		for (int size : new int[] { 10, 100 }) {
			for (double period : new double[] { 2, 5, 8 }) {
				models.add(of("bursts of " + size + " every " + text(period) + " s",
						(random) -> List.of(bursts(random, size, period))));
			}
		}
		for (double phase : new double[] { 3, 10 }) {
			models
				.add(of("20/s, on and off for " + text(phase) + " s each", (random) -> List.of(onOff(random, phase))));
		}
		models.add(of("Pareto gaps, α = 1.5, mean 1 s", (random) -> List.of(new Source("a", random.nextDouble(),
				(time) -> time + StrictMath.pow(1 - random.nextDouble(), -1 / 1.5) / 3))));
		models.add(of("one peer at 0.4/s, ten at 10/s", (random) -> {
			List<Source> peers = new ArrayList<>(List.of(poisson(random, "slow", 0.4)));
			for (int peer = 0; peer < 10; peer++) {
				peers.add(poisson(random, "fast " + peer, 10));
			}
			return peers;
		}));
		models.add(of("a scrape every 15 s", (random) -> List
			.of(new Source("a", 15 * random.nextDouble(), (time) -> time + 15 + 0.2 * random.nextDouble() - 0.1))));
		models.add(of("50 clients at 0.4/s behind one address", (random) -> {
			List<Source> clients = new ArrayList<>();
			for (int client = 0; client < 50; client++) {
				clients.add(poisson(random, "a", 0.4));
			}
			return clients;
		}));
		models.add(new TrafficModel("Poisson, 20/s, pauses of the process",
				(random) -> List.of(poisson(random, "a", 20)), 0.1));
		return models;
	}

	private static TrafficModel of(String name, Function<SplittableRandom, List<Source>> sources) {
		return new TrafficModel(name, sources, 0);
	}

	private static String text(double number) {
		return String.valueOf((long) number);
	}

	private static Source poisson(SplittableRandom random, String address, double rate) {
		return new Source(address, exponential(random, 1 / rate), (time) -> time + exponential(random, 1 / rate));
	}

	private static Source bursts(SplittableRandom random, int size, double period) {
		double offset = period * random.nextDouble();
		double spread = 0.1 / size;
		int[] sent = { 0 };
		return new Source("a", offset, (time) -> {
			int next = ++sent[0];
			int burst = next / size;
			return offset + burst * period + (next - burst * size) * spread;
		});
	}

	private static Source onOff(SplittableRandom random, double phase) {
		double offset = 2 * phase * random.nextDouble();
		return new Source("a", exponential(random, 0.05), (time) -> {
			double next = time + exponential(random, 0.05);
			double inCycle = (next + offset) % (2 * phase);
			return (inCycle < phase) ? next : next + 2 * phase - inCycle;
		});
	}

	static double exponential(SplittableRandom random, double mean) {
		return -mean * StrictMath.log(1 - random.nextDouble());
	}

	/**
	 * Return the requests of one run in their order.
	 * @param random the source of all chance
	 * @param signal when the shutdown is triggered
	 * @param learningTime how long after that a peer has learned of it
	 * @return the requests
	 */
	List<Arrival> arrivals(SplittableRandom random, double signal, DoubleUnaryOperator learningTime) {
		PriorityQueue<Source> queue = new PriorityQueue<>(Comparator.comparingDouble((source) -> source.next));
		for (Source source : this.sources.apply(random)) {
			source.until = signal + learningTime.applyAsDouble(random.nextDouble());
			queue.add(source);
		}
		List<Arrival> arrivals = new ArrayList<>();
		for (Source source = queue.poll(); source != null; source = queue.poll()) {
			if (source.next <= source.until) {
				arrivals.add(new Arrival(source.next, source.address, source));
				source.next = source.following.applyAsDouble(source.next);
				queue.add(source);
			}
		}
		return arrivals;
	}

	/**
	 * A request.
	 *
	 * @param time when it is sent
	 * @param address the address of the connection
	 * @param client who sends it
	 */
	record Arrival(double time, String address, Object client) {
	}

	/** One client. */
	static final class Source {

		private final String address;

		private final DoubleUnaryOperator following;

		private double next;

		private double until;

		Source(String address, double first, DoubleUnaryOperator following) {
			this.address = address;
			this.next = first;
			this.following = following;
		}

	}

}

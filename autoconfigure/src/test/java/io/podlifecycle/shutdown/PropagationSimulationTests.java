package io.podlifecycle.shutdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

import io.podlifecycle.report.Propagation;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import io.podlifecycle.work.Traffic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thousands of shutdowns in injected time: how many requests each rule would have
 * refused, and how long it would have waited. The table of {@code docs/propagation.md} is
 * theirs; run with {@code -Dreference.write} it is written anew. Takes seconds, for
 * millions of requests.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PropagationSimulationTests {

	private static final Path FILE = Path.of("..", "docs", "propagation.md");

	private static final String BEGIN = "<!-- simulation: written by PropagationSimulationTests, with -Dreference.write -->\n";

	private static final String END = "<!-- end of the simulation -->";

	private static final int RUNS = 50;

	private static final int CAP = 30;

	/** A minute of traffic is known when the signal comes. */
	private static final double SIGNAL = 75;

	private static final double LOOK = 0.02;

	private static final Map<String, DoubleUnaryOperator> LEARNING_TIMES = new LinkedHashMap<>();

	static {
		LEARNING_TIMES.put("0.2 s", (chance) -> 0.2);
		LEARNING_TIMES.put("up to 5 s", (chance) -> 5 * chance);
		LEARNING_TIMES.put("up to 9 s", (chance) -> 9 * chance);
		LEARNING_TIMES.put("exponential, mean 2 s", (chance) -> -2 * StrictMath.log(1 - chance));
	}

	private final Map<String, Map<String, Totals>> totals = new LinkedHashMap<>();

	@BeforeAll
	void simulate() {
		for (TrafficModel model : TrafficModel.all()) {
			Map<String, Totals> byLearning = new LinkedHashMap<>();
			LEARNING_TIMES.forEach((name, learning) -> {
				Totals sum = new Totals();
				for (int seed = 0; seed < RUNS; seed++) {
					new Run(model, seed, learning).run(sum);
				}
				byLearning.put(name, sum);
			});
			this.totals.put(model.name(), byLearning);
		}
	}

	@Test
	void noModelMissesMoreThanWithTheMeanOfAllTraffic() {
		assertThat(all()).noneMatch((totals) -> totals.perPeer.missed > totals.mean.missed);
		assertThat(all().mapToLong((totals) -> totals.mean.missed).sum()).isGreaterThan(1000);
	}

	@Test
	void nothingIsMissedWhereThreeTimesTheGapOfEachPeerFitsUnderTheCap() {
		assertThat(all()).extracting((totals) -> totals.missedAlthoughItFits).containsOnly(0L);
		assertThat(all()).extracting((totals) -> totals.fits).contains(0, RUNS);
	}

	@Test
	void itEndsEarlierThanTheCapWhereItCan() {
		assertThat(this.totals.getOrDefault("Poisson, 500/s", Map.of())).extractingByKey("0.2 s")
			.satisfies((totals) -> assertThat(totals.perPeer.mean()).isLessThan(5.1));
	}

	@Test
	void theTableIsUpToDate() throws IOException {
		String file = Files.readString(FILE);
		String upToDate = file.substring(0, file.indexOf(BEGIN) + BEGIN.length()) + "\n" + table() + "\n"
				+ file.substring(file.indexOf(END));
		if (System.getProperty("reference.write") != null) {
			Files.writeString(FILE, upToDate);
		}
		else {
			assertThat(file).as("docs/propagation.md is stale: run this test with -Dreference.write")
				.isEqualTo(upToDate);
		}
	}

	private Stream<Totals> all() {
		return this.totals.values().stream().flatMap((byLearning) -> byLearning.values().stream());
	}

	private String table() {
		StringBuilder table = new StringBuilder("""
				| traffic | learns within | per peer | mean of all | 5 s | 10 s | 30 s |
				|---|---|---|---|---|---|---|
				""");
		this.totals.forEach((model, byLearning) -> byLearning
			.forEach((learning, sum) -> table.append("| %s | %s | %s | %s | %d | %d | %d |%n".formatted(model, learning,
					sum.perPeer, sum.mean, sum.fixed[0], sum.fixed[1], sum.fixed[2]))));
		return table.toString().replace(System.lineSeparator(), "\n");
	}

	/** What a rule has done in all runs. */
	private static final class Outcome {

		private long missed;

		private double delay;

		double mean() {
			return this.delay / RUNS;
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%d, %.1f s", this.missed, mean());
		}

	}

	/** What all rules have done in all runs with a model. */
	private static final class Totals {

		private static final int[] FIXED = { 5, 10, 30 };

		private final Outcome perPeer = new Outcome();

		private final Outcome mean = new Outcome();

		private final long[] fixed = new long[FIXED.length];

		private int fits;

		private long missedAlthoughItFits;

	}

	/** One shutdown. Time is that of a clock that only the run moves. */
	private static final class Run {

		private final SplittableRandom random;

		private final List<TrafficModel.Arrival> arrivals;

		private final double pauses;

		private double now;

		private double pausedUntil;

		private double nextPause = Double.MAX_VALUE;

		private int arrived;

		private double lastArrival;

		private final Traffic traffic = new Traffic(() -> (long) (this.now * 1e9));

		private final Traffic clients = new Traffic(() -> (long) (this.now * 1e9));

		Run(TrafficModel model, long seed, DoubleUnaryOperator learningTime) {
			this.random = new SplittableRandom(seed);
			this.arrivals = model.arrivals(this.random, SIGNAL, learningTime);
			this.pauses = model.pauses();
			if (this.pauses > 0) {
				this.nextPause = TrafficModel.exponential(this.random, 1 / this.pauses);
			}
		}

		void run(Totals sum) {
			advance(SIGNAL);
			double rate = this.traffic.ratePerSecond();
			boolean fits = fits();
			PropagationDelay.InProgress delay = new PropagationDelay(Mode.ADAPTIVE, Duration.ofSeconds(5),
					Duration.ofSeconds(CAP), Duration.ofSeconds(2))
				.begin(Duration.ZERO, this.traffic, Stream.empty(), () -> (long) (this.now * 1e9));
			double perPeer = 0;
			double mean = 0;
			double last = this.now;
			while (perPeer == 0 || mean == 0) {
				advance(this.now + LOOK);
				double elapsed = this.now - SIGNAL;
				if (perPeer == 0 && delay.look(this.now - last >= 0.5) != Propagation.IN_PROGRESS) {
					perPeer = elapsed;
				}
				if (mean == 0 && isOverByMean(elapsed, rate)) {
					mean = elapsed;
				}
				last = this.now;
			}
			long missed = add(sum.perPeer, perPeer);
			add(sum.mean, mean);
			for (int i = 0; i < Totals.FIXED.length; i++) {
				sum.fixed[i] += after(Totals.FIXED[i]);
			}
			sum.fits += fits ? 1 : 0;
			sum.missedAlthoughItFits += fits ? missed : 0;
		}

		/** An address may hide many clients, whose own gaps count here. */
		private boolean fits() {
			return this.clients.peers()
				.watch(Stream.empty(), () -> (long) (this.now * 1e9))
				.activities()
				.allMatch((client) -> client.largestGap().multipliedBy(3).toSeconds() < CAP);
		}

		/** The rule that was there before: ten requests must have failed to come. */
		private boolean isOverByMean(double elapsed, double rate) {
			double silence = this.now - this.lastArrival;
			return elapsed >= CAP || (elapsed >= 5 && rate > 0 && silence >= Math.max(2, 10 / rate));
		}

		/** What is sent while the process is paused arrives when it goes on. */
		private void advance(double time) {
			double end = time;
			while (this.nextPause <= end) {
				arrive(this.nextPause);
				this.pausedUntil = this.nextPause + 0.5 + 2.5 * this.random.nextDouble();
				end = Math.max(end, this.pausedUntil);
				this.now = this.pausedUntil;
				arrive(this.pausedUntil);
				this.nextPause = this.pausedUntil + TrafficModel.exponential(this.random, 1 / this.pauses);
			}
			arrive(end);
			this.now = end;
		}

		private void arrive(double until) {
			while (this.arrived < this.arrivals.size() && this.arrivals.get(this.arrived).time() <= until) {
				TrafficModel.Arrival arrival = this.arrivals.get(this.arrived++);
				this.now = Math.max(this.now, arrival.time());
				this.lastArrival = this.now;
				this.traffic.arrived(arrival.address());
				this.clients.arrived(arrival.client());
			}
		}

		private long add(Outcome outcome, double delay) {
			long missed = after(delay);
			outcome.delay += delay;
			outcome.missed += missed;
			return missed;
		}

		private long after(double delay) {
			return this.arrivals.stream().filter((arrival) -> arrival.time() > SIGNAL + delay).count();
		}

	}

}

package io.podlifecycle.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One life and its end, all of it drawn from a seed.
 *
 * @param seed the seed
 * @param moment when SIGTERM comes
 * @param offset how long after the moment has begun
 * @param further the signal after it, if there is one
 * @param server the web server
 * @param lag how late the Service learns that the pod leaves
 * @param dependencyAfter how long after the wait has begun the dependency answers, if it
 * ever does; of account for {@link Moment#WAIT}
 * @param slowRequest how long the slow requests take
 * @param gracePeriod the pod's whole budget
 * @param arguments the arguments of the application
 */
record ChaosScenario(int seed, Moment moment, Duration offset, @Nullable FurtherSignal further, Server server,
		Duration lag, @Nullable Duration dependencyAfter, Duration slowRequest, Duration gracePeriod,
		List<String> arguments) {

	private static final List<Moment> MOMENTS = List.of(Moment.values());

	private static final List<Server> SERVERS = List.of(Server.values());

	static ChaosScenario of(int seed) {
		SplittableRandom random = new SplittableRandom(seed);
		// Evenly, whatever the number of seeds.
		Moment moment = MOMENTS.get(Math.floorMod(seed, MOMENTS.size()));
		Duration offset = millis(random, 0, moment.spanMillis());
		FurtherSignal further = further(random, moment);
		Server server = SERVERS.get(random.nextInt(SERVERS.size()));
		Duration floor = millis(random, 400, 1000);
		// So that the floor covers it on a busy machine too.
		Duration lag = millis(random, 0, (int) floor.toMillis() / 2);
		Duration dependencyAfter = random.nextInt(3) == 0 ? null : millis(random, 0, 1500);
		Duration slowRequest = millis(random, 100, (moment == Moment.DRAIN) ? 3500 : 1500);
		Duration gracePeriod = Duration.ofSeconds(random.nextInt(20, 31));
		List<String> arguments = new ArrayList<>(List.of("--pod-lifecycle.shutdown.propagation.min=" + text(floor),
				"--pod-lifecycle.shutdown.propagation.max=" + text(millis(random, 1500, 2500)),
				"--pod-lifecycle.shutdown.propagation.quiet-period=" + text(millis(random, 200, 500)),
				"--pod-lifecycle.shutdown.grace-period=" + gracePeriod.toSeconds(),
				"--spring.threads.virtual.enabled=" + random.nextBoolean()));
		arguments.addAll(start(random, moment));
		return new ChaosScenario(seed, moment, offset, further, server, lag, dependencyAfter, slowRequest, gracePeriod,
				List.copyOf(arguments));
	}

	private static @Nullable FurtherSignal further(SplittableRandom random, Moment moment) {
		if (moment == Moment.DRAIN) {
			return new FurtherSignal(random.nextBoolean() ? "TERM" : "INT", millis(random, 0, 1500));
		}
		if (random.nextBoolean()) {
			return null;
		}
		boolean duplicate = random.nextInt(3) > 0;
		return new FurtherSignal((random.nextInt(3) > 0) ? "TERM" : "INT",
				duplicate ? millis(random, 0, 1200) : millis(random, 2000, 3000));
	}

	private static List<String> start(SplittableRandom random, Moment moment) {
		return switch (moment) {
			case REFRESH -> List.of("--app.slow-bean=true", "--app.slow-bean-time=" + text(millis(random, 300, 1200)));
			case WARM_UP -> List.of("--pod-lifecycle.startup.warm-up.paths=/hello,/slow?ms=40",
					"--pod-lifecycle.startup.warm-up.count=" + random.nextInt(5, 40));
			default -> List.of();
		};
	}

	private static Duration millis(SplittableRandom random, int from, int to) {
		return Duration.ofMillis(random.nextInt(from, to + 1));
	}

	private static String text(Duration duration) {
		return duration.toMillis() + "ms";
	}

	/**
	 * Return the same with another lag and other arguments, which replace those of the
	 * same name.
	 */
	ChaosScenario with(Duration lag, String... others) {
		List<String> names = Stream.of(others).map(ChaosScenario::name).toList();
		List<String> all = Stream
			.concat(this.arguments.stream().filter((argument) -> !names.contains(name(argument))), Stream.of(others))
			.toList();
		return new ChaosScenario(this.seed, this.moment, this.offset, this.further, this.server, lag,
				this.dependencyAfter, this.slowRequest, this.gracePeriod, all);
	}

	private static String name(String argument) {
		return argument.substring(0, argument.indexOf('='));
	}

	@Override
	public String toString() {
		return "seed " + this.seed + ": " + this.moment + " +" + this.offset.toMillis() + " ms, SIGTERM"
				+ ((this.further != null) ? " then " + this.further : "") + ", " + this.server;
	}

}

package io.podlifecycle.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.SupervisedApplication;
import org.jspecify.annotations.Nullable;

/**
 * One life and its end, all of it drawn from a seed.
 *
 * @param seed the seed
 * @param moment when SIGTERM comes
 * @param kind what else happens
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
record ChaosScenario(int seed, Moment moment, ChaosKind kind, Duration offset, @Nullable FurtherSignal further,
		Server server, Duration lag, @Nullable Duration dependencyAfter, Duration slowRequest, Duration gracePeriod,
		List<String> arguments) {

	private static final List<Moment> MOMENTS = List.of(Moment.values());

	private static final List<Server> SERVERS = List.of(Server.values());

	private static final int OVERDUE = SupervisedApplication.OVERDUE;

	/** Of {@link Hostile}. */
	private static final int EXIT_OF_THE_LISTENER = 3;

	static ChaosScenario of(int seed) {
		SplittableRandom random = new SplittableRandom(seed);
		// Evenly, whatever the number of seeds.
		Moment moment = MOMENTS.get((seed - 1) % MOMENTS.size());
		List<ChaosKind> kinds = ChaosKind.of(moment);
		ChaosKind kind = kinds.get((seed - 1) / MOMENTS.size() % kinds.size());
		Duration offset = millis(random, 0, moment.spanMillis());
		FurtherSignal further = further(random, moment, kind);
		Server server = SERVERS.get(random.nextInt(SERVERS.size()));
		Duration floor = (moment == Moment.PROPAGATION) ? millis(random, 2500, 3500) : millis(random, 400, 1000);
		// So that the floor covers it on a busy machine too.
		Duration lag = millis(random, 0, (int) floor.toMillis() / 2);
		Duration dependencyAfter = random.nextInt(3) == 0 ? null : millis(random, 0, 1500);
		Duration slowRequest = millis(random, 100, (moment == Moment.DRAIN) ? 3500 : 1500);
		Duration gracePeriod = Duration.ofSeconds(random.nextInt(20, 31));
		if (kind == ChaosKind.ONE_THREAD_SLOT) {
			// The others start some of their threads with the first requests.
			server = Server.TOMCAT;
		}
		if (mayBeOverdue(moment, kind)) {
			gracePeriod = Duration.ofSeconds(random.nextInt(8, 13));
		}
		List<String> arguments = new ArrayList<>(List.of("--pod-lifecycle.shutdown.propagation.min=" + text(floor),
				"--pod-lifecycle.shutdown.propagation.max=" + text(floor.plus(millis(random, 500, 2000))),
				"--pod-lifecycle.shutdown.propagation.quiet-period=" + text(millis(random, 200, 500)),
				"--pod-lifecycle.shutdown.grace-period=" + gracePeriod.toSeconds(),
				"--spring.threads.virtual.enabled=" + random.nextBoolean(), Hostile.SOURCE));
		arguments.addAll(ofMoment(random, moment, kind));
		arguments.addAll(ofKind(kind));
		return new ChaosScenario(seed, moment, kind, offset, further, server, lag, dependencyAfter, slowRequest,
				gracePeriod, List.copyOf(arguments));
	}

	private static @Nullable FurtherSignal further(SplittableRandom random, Moment moment, ChaosKind kind) {
		String name = random.nextBoolean() ? "TERM" : "INT";
		boolean duplicate = random.nextInt(3) > 0;
		return switch (moment) {
			case PROPAGATION ->
				new FurtherSignal(name, duplicate ? millis(random, 0, 1200) : millis(random, 1800, 2400));
			case DRAIN -> new FurtherSignal(name, millis(random, 0, 1500));
			case CLOSE -> new FurtherSignal(name, millis(random, 0, 1000));
			default -> (kind == ChaosKind.PLAIN && random.nextBoolean()) ? null
					: new FurtherSignal(name, duplicate ? millis(random, 0, 1200) : millis(random, 2000, 3000));
		};
	}

	private static List<String> ofMoment(SplittableRandom random, Moment moment, ChaosKind kind) {
		return switch (moment) {
			case REFRESH -> List.of("--app.slow-bean=true", "--app.slow-bean-time=" + text(beanTime(random, kind)));
			case WARM_UP -> List.of("--pod-lifecycle.startup.warm-up.paths=/hello,/slow?ms=40",
					"--pod-lifecycle.startup.warm-up.count=" + random.nextInt(5, 40));
			case CLOSE -> List.of("--app.destroy-time=" + text(millis(random, 1200, 2500)));
			default -> List.of();
		};
	}

	private static Duration beanTime(SplittableRandom random, ChaosKind kind) {
		return switch (kind) {
			case SLOW_BEAN -> millis(random, 5000, 8000);
			case HANGING_BEAN -> Duration.ofHours(1);
			default -> millis(random, 300, 1200);
		};
	}

	private static List<String> ofKind(ChaosKind kind) {
		return switch (kind) {
			case BLOCKING_LISTENER -> List.of("--app.on-refusal=block");
			case EXITING_LISTENER -> List.of("--app.on-refusal=exit");
			case ONE_THREAD_SLOT -> List.of("--app.exhaust=threads");
			default -> List.of();
		};
	}

	/**
	 * Before the application is ready Boot itself calls a listener, while it closes the
	 * context, and waits for it.
	 */
	private static boolean mayBeOverdue(Moment moment, ChaosKind kind) {
		return kind == ChaosKind.HANGING_BEAN || (kind == ChaosKind.BLOCKING_LISTENER && !moment.isServing());
	}

	/**
	 * Return what the exit code has to be: of several, where the moment of the signal
	 * decides.
	 */
	Set<Integer> exitCodes() {
		if (this.kind == ChaosKind.HANGING_BEAN) {
			return Set.of(OVERDUE);
		}
		if (this.kind == ChaosKind.EXITING_LISTENER) {
			return Set.of(EXIT_OF_THE_LISTENER);
		}
		if (mayBeOverdue(this.moment, this.kind)) {
			return Set.of(143, OVERDUE);
		}
		// Of signals that it has not handled yet the JVM takes the lower number first.
		boolean together = this.further != null && this.further.name().equals("INT")
				&& (this.moment == Moment.START || this.further.isSoon());
		return together ? Set.of(143, 130) : Set.of(143);
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
		return new ChaosScenario(this.seed, this.moment, this.kind, this.offset, this.further, this.server, lag,
				this.dependencyAfter, this.slowRequest, this.gracePeriod, all);
	}

	private static String name(String argument) {
		return argument.substring(0, argument.indexOf('='));
	}

	@Override
	public String toString() {
		return "seed " + this.seed + ": " + this.moment + ", " + this.kind + ", +" + this.offset.toMillis()
				+ " ms, SIGTERM" + ((this.further != null) ? " then " + this.further : "") + ", " + this.server;
	}

}

package io.podlifecycle.rehearsal;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.arguments.Arguments;
import io.podlifecycle.rehearsal.node.Dependency;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments that tell of a dependency, and plays the scenarios in which
 * something happens to it. Throws {@link IllegalArgumentException} with a message for
 * people where they are of no use.
 */
final class DependencyArguments {

	static final Set<String> OPTIONS = Set.of("--dependency", "--away");

	static final Set<String> SCENARIOS = Set.of("dependency-late", "dependency-lost", "dependency-moved");

	static final DependencyArguments NONE = new DependencyArguments("", Duration.ZERO, null);

	private static final String PLACEHOLDER = "{dependency}";

	private static final String NAME = "dependency.rehearsal";

	private static final Pattern ADDRESS = Pattern.compile("(.+):(\\d{1,5})");

	private final String scenario;

	private final Duration away;

	private final @Nullable Dependency dependency;

	private DependencyArguments(String scenario, Duration away, @Nullable Dependency dependency) {
		this.scenario = scenario;
		this.away = away;
		this.dependency = dependency;
	}

	static DependencyArguments of(Arguments arguments, String scenario) {
		Duration away = arguments.duration("--away", Duration.ofSeconds(10));
		String target = arguments.find("--dependency").orElse(null);
		boolean wanted = SCENARIOS.contains(scenario);
		boolean used = Stream
			.of(arguments.all("--jvm").stream(), arguments.all("--env").stream(), arguments.rest().stream())
			.flatMap((values) -> values)
			.anyMatch((value) -> value.contains(PLACEHOLDER));
		if (target == null) {
			if (wanted || used) {
				throw new IllegalArgumentException(
						(wanted ? "--scenario " + scenario : PLACEHOLDER) + " needs --dependency HOST:PORT");
			}
			return NONE;
		}
		if (!wanted || !used) {
			throw new IllegalArgumentException(
					"--dependency is for the scenarios " + SCENARIOS.stream().sorted().toList() + ", and " + PLACEHOLDER
							+ " has to stand in a JVM option, an argument or a variable of the app: "
							+ "where it would have the address");
		}
		InetSocketAddress address = parse(target);
		return new DependencyArguments(scenario, away,
				scenario.equals("dependency-moved") ? Dependency.named(NAME, address) : Dependency.of(address));
	}

	private static InetSocketAddress parse(String target) {
		Matcher matcher = ADDRESS.matcher(target);
		if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
			throw new IllegalArgumentException("--dependency must be like db:5432, but is '" + target + "'");
		}
		InetSocketAddress address = new InetSocketAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
		if (address.isUnresolved()) {
			throw new IllegalArgumentException("--dependency: there is no name '" + matcher.group(1) + "'");
		}
		return address;
	}

	/**
	 * Puts the address of the dependency in where its placeholder stands.
	 */
	String fillIn(String text) {
		return (this.dependency != null) ? text.replace(PLACEHOLDER, this.dependency.address()) : text;
	}

	/**
	 * Returns what the JVM of the application needs to find the dependency.
	 */
	List<String> jvmOptions() {
		return (this.dependency != null) ? this.dependency.jvmOptions() : List.of();
	}

	/**
	 * Plays the scenario, which is one of a dependency.
	 */
	Rollout play(Rehearsal rehearsal) {
		Dependency happening = this.dependency;
		if (happening == null) {
			throw new IllegalStateException("There is no dependency");
		}
		try {
			return switch (this.scenario) {
				case "dependency-late" -> rehearsal.dependencyLate(happening, this.away);
				case "dependency-lost" -> rehearsal.dependencyLost(happening, this.away);
				default -> rehearsal.dependencyMoved(happening, this.away);
			};
		}
		finally {
			happening.stop();
		}
	}

}

package io.podlifecycle.actuate;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * {@code health:name}: the health contributor of that name is up. A member of a composite
 * one has the path {@code name/member}.
 *
 * @since 0.1.0
 */
final class HealthProbeFactory implements ProbeFactory {

	/** The scheme of its targets. */
	public static final String SCHEME = "health";

	/** The contributor that is down until all others are up. */
	private static final String OURS = "podLifecycle";

	private static final String ERROR_DETAIL = "error";

	private final HealthContributors contributors;

	private final StatusAggregator aggregator;

	/**
	 * Create a factory.
	 * @param contributors the contributors that there are
	 * @param aggregator makes one status out of those of a composite contributor
	 */
	public HealthProbeFactory(HealthContributors contributors, StatusAggregator aggregator) {
		this.contributors = contributors;
		this.aggregator = aggregator;
	}

	@Override
	public Set<String> schemes() {
		return Set.of(SCHEME);
	}

	@Override
	public Probe create(ProbeRequest request) {
		String path = request.withoutLogin().withoutOptionsBut().target().rest();
		if (path.equals(OURS)) {
			throw new IllegalArgumentException("it would wait for itself");
		}
		HealthContributor contributor = find(path);
		if (contributor == null) {
			throw new IllegalArgumentException("there is no health contributor '" + path + "'; known are "
					+ paths("", this.contributors).sorted().collect(Collectors.joining(", ")));
		}
		return (timeLimit) -> check(contributor);
	}

	private @Nullable HealthContributor find(String path) {
		HealthContributors parent = this.contributors;
		HealthContributor found = null;
		for (String name : path.split("/", -1)) {
			found = (parent != null) ? parent.getContributor(name) : null;
			parent = (found instanceof CompositeHealthContributor composite) ? composite : null;
		}
		return found;
	}

	private static Stream<String> paths(String prefix, HealthContributors contributors) {
		return contributors.stream()
			.filter((entry) -> !entry.name().equals(OURS))
			.flatMap((entry) -> (entry.contributor() instanceof CompositeHealthContributor composite)
					? Stream.concat(Stream.of(prefix + entry.name()), paths(prefix + entry.name() + "/", composite))
					: Stream.of(prefix + entry.name()));
	}

	private ProbeResult check(HealthContributor contributor) {
		List<Health> healths = healths(contributor).toList();
		Status status = this.aggregator
			.getAggregateStatus(healths.stream().map(Health::getStatus).collect(Collectors.toSet()));
		if (Status.UP.equals(status)) {
			return ProbeResult.answered();
		}
		return ProbeResult.notYet("status " + status.getCode()
				+ healths.stream()
					.filter((health) -> !Status.UP.equals(health.getStatus()))
					.map((health) -> health.getDetails().get(ERROR_DETAIL))
					.filter(String.class::isInstance)
					.map((error) -> ", " + ((String) error).lines().findFirst().orElse(""))
					.collect(Collectors.joining()));
	}

	private static Stream<Health> healths(HealthContributor contributor) {
		if (contributor instanceof CompositeHealthContributor composite) {
			return composite.stream().flatMap((entry) -> healths(entry.contributor()));
		}
		return Stream.ofNullable(((HealthIndicator) contributor).health());
	}

}

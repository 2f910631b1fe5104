package io.podlifecycle.work;

import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Which requests count as traffic: those that a client sent because it believes that this
 * instance serves. Health checks do not count, whoever sends them. Immutable.
 *
 * @since 0.1.0
 */
@Internal
public final class TrafficRule {

	/**
	 * How the health checkers of Kubernetes and of load balancers name themselves: the
	 * kubelet, AWS, Google, Azure (load balancer and Front Door), Route 53, Envoy and
	 * Consul.
	 */
	private static final List<String> HEALTH_CHECKERS = List.of("kube-probe/", "ELB-HealthChecker/", "GoogleHC/",
			"Load Balancer Agent", "Edge Health Probe", "Amazon-Route53-Health-Check-Service", "Envoy/HC",
			"Consul Health Check");

	private final List<String> ignoredPaths;

	private final List<String> ignoredUserAgents;

	private final String preStopPath;

	/**
	 * Create a rule.
	 * @param ignoredPaths paths that do not count, each with all below it
	 * @param ignoredUserAgents beginnings of user agents that do not count, besides those
	 * of known health checkers
	 * @param preStopPath where the pod's preStop hook asks
	 */
	public TrafficRule(List<String> ignoredPaths, List<String> ignoredUserAgents, String preStopPath) {
		this.ignoredPaths = List.copyOf(ignoredPaths);
		this.ignoredUserAgents = Stream.concat(HEALTH_CHECKERS.stream(), ignoredUserAgents.stream()).toList();
		this.preStopPath = preStopPath;
	}

	/**
	 * Return whether a request is that of the pod's preStop hook, which waits for the
	 * shutdown and must not be waited for.
	 * @param path its path
	 * @return {@code true} if it is
	 */
	public boolean isPreStop(String path) {
		return path.equals(this.preStopPath);
	}

	/**
	 * Return whether a request counts.
	 * @param path its path
	 * @param userAgent its user agent, if it names one
	 * @return {@code true} if it counts
	 */
	public boolean counts(String path, @Nullable String userAgent) {
		for (String ignored : this.ignoredPaths) {
			if (isAtOrBelow(path, ignored)) {
				return false;
			}
		}
		return userAgent == null || !isIgnored(userAgent);
	}

	private static boolean isAtOrBelow(String path, String root) {
		return path.startsWith(root)
				&& (path.length() == root.length() || root.endsWith("/") || path.charAt(root.length()) == '/');
	}

	private boolean isIgnored(String userAgent) {
		for (String ignored : this.ignoredUserAgents) {
			if (userAgent.startsWith(ignored)) {
				return true;
			}
		}
		return false;
	}

}

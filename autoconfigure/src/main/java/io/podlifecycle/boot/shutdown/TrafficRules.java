package io.podlifecycle.boot.shutdown;

import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.warmup.WarmUp;
import io.podlifecycle.work.TrafficRule;

import org.springframework.core.env.Environment;

/**
 * Makes the rule of what counts as traffic out of the properties.
 */
@Internal
public final class TrafficRules {

	private TrafficRules() {
	}

	/** A servlet filter sees paths with the context path. */
	public static TrafficRule ofServlets(ShutdownProperties.Ignore ignore, Environment environment) {
		return of(ignore, environment, environment.getProperty("server.servlet.context-path", ""));
	}

	public static TrafficRule of(ShutdownProperties.Ignore ignore, Environment environment) {
		return of(ignore, environment, "");
	}

	private static TrafficRule of(ShutdownProperties.Ignore ignore, Environment environment, String contextPath) {
		List<String> paths = new ArrayList<>(ignore.getPaths());
		String endpoints = environment.getProperty("management.endpoints.web.base-path", "/actuator");
		String preStop = environment.getProperty("management.endpoints.web.path-mapping.prestop", "prestop");
		paths.add(endpoints);
		paths.add("/livez");
		paths.add("/readyz");
		List<String> userAgents = new ArrayList<>(ignore.getUserAgents());
		userAgents.add(WarmUp.USER_AGENT);
		return new TrafficRule(paths.stream().filter((path) -> !"/".equals(path)).map(contextPath::concat).toList(),
				userAgents, contextPath + endpoints + (endpoints.endsWith("/") ? "" : "/") + preStop);
	}

}

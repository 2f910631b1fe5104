package io.podlifecycle.earlyprobe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.Tls;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.core.env.Environment;

/**
 * Where the kubelet will probe the application, read from its own properties before any
 * of its beans exists.
 */
final class EarlyProbePlan {

	private static final Log logger = LogFactory.getLog(EarlyProbePlan.class);

	private final Binder binder;

	private final Duration maxTime;

	EarlyProbePlan(Environment environment, Duration maxTime) {
		this.binder = Binder.get(environment);
		this.maxTime = maxTime;
	}

	static boolean isEnabled(@Nullable Boolean chosen, Environment environment) {
		return (chosen != null) ? chosen : CloudPlatform.KUBERNETES.isActive(environment);
	}

	List<Room> rooms() {
		int port = value("server.port", 8080);
		int managementPort = value("management.server.port", port);
		boolean separate = managementPort != port || managementPort == 0;
		List<Room> rooms = new ArrayList<>();
		if (!separate) {
			add(rooms, "server", port, Orders.WEB_SERVER_PHASE, (group) -> Stream
				.concat(Stream.of(servletPath() + endpointPath() + "/" + group), additionalPath(group)));
		}
		else {
			String basePath = value("management.server.base-path", "");
			add(rooms, "management.server", managementPort, Orders.MANAGEMENT_SERVER_PHASE,
					(group) -> Stream.concat(Stream.of(basePath + endpointPath() + "/" + group),
							ownPath(group, WebServerNamespace.MANAGEMENT).map(basePath::concat)));
			add(rooms, "server", port, Orders.WEB_SERVER_PHASE, this::additionalPath);
		}
		return rooms;
	}

	private void add(List<Room> rooms, String prefix, int port, int phase, Function<String, Stream<String>> paths) {
		Set<String> liveness = paths.apply("liveness").collect(Collectors.toSet());
		Set<String> readiness = paths.apply("readiness").collect(Collectors.toSet());
		if (port <= 0 || (liveness.isEmpty() && readiness.isEmpty())) {
			return;
		}
		if (Tls.isConfigured(this.binder, prefix)) {
			logger.info("Probes on port " + port + " are not answered before the web server starts, since it uses TLS");
			return;
		}
		rooms.add(new Room(
				new EarlyProbeServerSettings(address(prefix, port), liveness, readiness, this.maxTime, isShowDetails()),
				phase));
	}

	private InetSocketAddress address(String prefix, int port) {
		return this.binder.bind(prefix + ".address", InetAddress.class)
			.map((address) -> new InetSocketAddress(address, port))
			.orElseGet(() -> new InetSocketAddress(port));
	}

	private String servletPath() {
		String mvc = value("spring.mvc.servlet.path", "/");
		return value("server.servlet.context-path", "") + value("spring.webflux.base-path", "")
				+ ("/".equals(mvc) ? "" : mvc);
	}

	private String endpointPath() {
		String basePath = value("management.endpoints.web.base-path", "/actuator");
		String health = value("management.endpoints.web.path-mapping.health", "health");
		return ("/".equals(basePath) ? "" : basePath) + "/" + health;
	}

	/** One that a group has of its own takes the place of Boot's. */
	private Stream<String> additionalPath(String group) {
		boolean boots = value("management.endpoint.health.probes.add-additional-paths", false)
				&& value(ownPathProperty(group), "").isEmpty();
		Stream<String> path = boots ? Stream.of(group.equals("liveness") ? "/livez" : "/readyz")
				: ownPath(group, WebServerNamespace.SERVER);
		return path.map((one) -> servletPath() + one);
	}

	private Stream<String> ownPath(String group, WebServerNamespace namespace) {
		return Stream.of(value(ownPathProperty(group), ""))
			.filter((path) -> !path.isEmpty())
			.map(AdditionalHealthEndpointPath::from)
			.filter((path) -> path.hasNamespace(namespace))
			.map((path) -> path.getValue().startsWith("/") ? path.getValue() : "/" + path.getValue());
	}

	private static String ownPathProperty(String group) {
		return "management.endpoint.health.group." + group + ".additional-path";
	}

	private boolean isShowDetails() {
		String always = "always";
		String ofAll = value("management.endpoint.health.show-details", "never");
		return always.equalsIgnoreCase(value("management.endpoint.health.group.readiness.show-details", ofAll));
	}

	@SuppressWarnings("unchecked")
	private <T> T value(String property, T unset) {
		return this.binder.bind(property, (Class<T>) unset.getClass()).orElse(unset);
	}

	/**
	 * An early probe server to open.
	 *
	 * @param settings where, and what it answers
	 * @param phaseOfServer the phase in which the web server starts
	 */
	record Room(EarlyProbeServerSettings settings, int phaseOfServer) {
	}

}

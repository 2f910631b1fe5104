package io.podlifecycle.rehearsal.cli.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an application answers the probes and the preStop hook, as its properties say.
 */
final class Endpoints {

	private static final String PROBES = "management.endpoint.health.probes.";

	private final List<Endpoint> probes = new ArrayList<>();

	private final String management;

	private final String shutdown;

	private final int managementPort;

	Endpoints(AppProperties properties) {
		int main = port(properties.get("server.port", "8080"));
		this.managementPort = port(properties.get("management.server.port", String.valueOf(main)));
		String context = path(
				properties.get("server.servlet.context-path", properties.get("spring.webflux.base-path", "")))
				+ path(properties.get("spring.mvc.servlet.path", ""));
		boolean apart = this.managementPort != main;
		String base = apart ? path(properties.get("management.server.base-path", "")) : context;
		this.management = base + path(properties.get("management.endpoints.web.base-path", "/actuator"));
		String health = this.management
				+ path(properties.get("management.endpoints.web.path-mapping.health", "health"));
		this.shutdown = path(properties.get("management.endpoints.web.path-mapping.shutdown", "shutdown"));
		for (Group group : Group.values()) {
			this.probes.add(new Endpoint(group, health + "/" + group.health, this.managementPort));
			boolean boots = properties.isOn(PROBES + "add-additional-paths", false);
			String additional = properties.get("management.endpoint.health.group." + group.health + ".additional-path",
					boots ? "server:" + group.additional : "");
			String path = path(additional.substring(additional.indexOf(':') + 1));
			if (additional.startsWith("server:")) {
				this.probes.add(new Endpoint(group, context + path, main));
			}
			else if (additional.startsWith("management:") && apart) {
				this.probes.add(new Endpoint(group, base + path, this.managementPort));
			}
		}
	}

	private static int port(String text) {
		// 0 is a port that the application chooses: nobody can tell.
		return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
	}

	private static String path(String text) {
		String inner = text.strip().replaceAll("^/+|/+$", "");
		return inner.isEmpty() ? "" : "/" + inner;
	}

	/**
	 * Returns what answers at a path, on whatever port.
	 */
	Optional<Endpoint> at(String path) {
		String wanted = path(path.replaceAll("\\?.*", ""));
		return this.probes.stream().filter((endpoint) -> endpoint.path().equals(wanted)).findFirst();
	}

	/**
	 * Returns where a group is to be asked.
	 */
	Endpoint of(Group group) {
		return this.probes.stream().filter((endpoint) -> endpoint.group() == group).findFirst().orElseThrow();
	}

	/**
	 * Tells whether a path is that of the preStop endpoint, with or without its first
	 * slash.
	 */
	boolean isPreStop(String path) {
		return path(path).equals(this.management + "/prestop");
	}

	/**
	 * Tells whether a path, or a command with one, is that of the shutdown endpoint.
	 */
	boolean isShutdown(String call) {
		return ("/" + call).contains(this.management + this.shutdown);
	}

	int managementPort() {
		return this.managementPort;
	}

	/**
	 * The groups of health that probes ask.
	 */
	enum Group {

		/** Whether the process is to be started anew. */
		LIVENESS("liveness", "/livez"),

		/** Whether it is to get requests. */
		READINESS("readiness", "/readyz");

		private final String health;

		private final String additional;

		Group(String health, String additional) {
			this.health = health;
			this.additional = additional;
		}

	}

	/**
	 * Something that answers.
	 *
	 * @param group what it tells of
	 * @param path its path
	 * @param port its port; 0 if nobody can tell
	 */
	record Endpoint(Group group, String path, int port) {
	}

}

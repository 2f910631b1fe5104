package io.podlifecycle.rehearsal.cli.advice;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds containers that end before the application that drains beside them.
 */
final class SidecarCheck implements Check {

	private static final Pattern PROXY = Pattern.compile("proxy|envoy|daprd", Pattern.CASE_INSENSITIVE);

	@Override
	public List<Finding> check(AppContainer app) {
		return app.leavesInOrder() ? Stream.concat(hooks(app), proxies(app)).toList() : List.of();
	}

	private static Stream<Finding> hooks(AppContainer app) {
		return app.workload()
			.sidecars()
			.filter((sidecar) -> !sidecar.equals(app.node()))
			.map((sidecar) -> sidecar.get("lifecycle").get("preStop"))
			.filter((hook) -> hook.get("exec").exists() || hook.get("httpGet").exists())
			.map((hook) -> app.finding(Rule.SIDECAR_PRE_STOP, hook,
					"The kubelet ends a native sidecar after the application, but runs its preStop hook at once: what "
							+ "the hook does happens while the application still serves.",
					"remove the hook: SIGTERM comes when the application has ended"));
	}

	private static Stream<Finding> proxies(AppContainer app) {
		return app.workload()
			.podSpec()
			.get("containers")
			.items()
			.stream()
			.filter((container) -> !container.equals(app.node()))
			.filter((container) -> Stream.of("name", "image")
				.anyMatch((field) -> PROXY.matcher(container.get(field).text().orElse("")).find()))
			.map((container) -> app.finding(Rule.SIDECAR_ORDER, container,
					"It is sent SIGTERM together with the application, which still serves, and needs what it reaches "
							+ "through it.",
					"make it a native sidecar: an init container with restartPolicy: Always"));
	}

}

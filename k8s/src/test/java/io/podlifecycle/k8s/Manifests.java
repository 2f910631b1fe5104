package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Changes that tests make to the containers of a Deployment or a StatefulSet, which is a
 * map as it was read from YAML.
 */
final class Manifests {

	private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet");

	/**
	 * No pod of the tests lives long enough for the second one, which takes as much CPU
	 * as all else of a start.
	 */
	static final Consumer<Map<String, Object>> FIRST_COMPILER = environment("JDK_JAVA_OPTIONS",
			"-XX:TieredStopAtLevel=1");

	private Manifests() {
	}

	/**
	 * The objects of an overlay, with one replica of each application, whose JVM has the
	 * first compiler only.
	 */
	static List<Map<String, Object>> withOneReplica(Path overlay) {
		List<Map<String, Object>> manifests = new ArrayList<>(Kustomization.render(overlay));
		manifests.stream().filter(Manifests::isWorkload).forEach((workload) -> {
			String name = String.valueOf(Kustomization.map(workload.get("metadata")).get("name"));
			spec(manifests, name).put("replicas", 1);
			editContainer(manifests, name, FIRST_COMPILER);
		});
		return manifests;
	}

	/** So that a small node has room for the surge beside the pods of other tests. */
	static void requestLittleCpu(List<Map<String, Object>> manifests, String application) {
		editContainer(manifests, application,
				(container) -> Kustomization.map(Kustomization.map(container.get("resources")).get("requests"))
					.put("cpu", "50m"));
	}

	private static boolean isWorkload(Map<String, Object> manifest) {
		return WORKLOADS.contains(manifest.get("kind"));
	}

	/** The objects with this name, of whatever kind. */
	static List<Map<String, Object>> only(List<Map<String, Object>> manifests, String name) {
		return manifests.stream()
			.filter((manifest) -> name.equals(Kustomization.map(manifest.get("metadata")).get("name")))
			.toList();
	}

	/** The container that bears the name of its Deployment or StatefulSet. */
	static void editContainer(List<Map<String, Object>> manifests, String application,
			Consumer<Map<String, Object>> edit) {
		editContainer(manifests, application, application, edit);
	}

	static void editContainer(List<Map<String, Object>> manifests, String application, String container,
			Consumer<Map<String, Object>> edit) {
		edit.accept(Kustomization.maps(podSpec(manifests, application).get("containers"))
			.stream()
			.filter((candidate) -> container.equals(candidate.get("name")))
			.findFirst()
			.orElseThrow());
	}

	/** The {@code spec} of a Deployment or StatefulSet. */
	static Map<String, Object> spec(List<Map<String, Object>> manifests, String application) {
		return only(manifests, application).stream()
			.filter(Manifests::isWorkload)
			.map((manifest) -> Kustomization.map(manifest.get("spec")))
			.findFirst()
			.orElseThrow();
	}

	static Map<String, Object> podSpec(List<Map<String, Object>> manifests, String application) {
		return Kustomization.map(Kustomization.map(spec(manifests, application).get("template")).get("spec"));
	}

	/** The grace period, as far as the kubelet is concerned. */
	static void endsWithin(List<Map<String, Object>> manifests, String application, int graceSeconds) {
		podSpec(manifests, application).put("terminationGracePeriodSeconds", graceSeconds);
	}

	/** The fortune server of the base, which waits for nobody. */
	static List<Map<String, Object>> server(String name, int graceSeconds, Consumer<Map<String, Object>> change) {
		return application(name, "fortune", graceSeconds, change);
	}

	/**
	 * One replica of an application of the base, changed and under another name. Its pods
	 * stay to be looked at when they have ended.
	 */
	static List<Map<String, Object>> application(String name, String from, int graceSeconds,
			Consumer<Map<String, Object>> change) {
		return application(Path.of("base"), name, from, graceSeconds, change);
	}

	/** The same of an overlay. */
	static List<Map<String, Object>> application(Path overlay, String name, String from, int graceSeconds,
			Consumer<Map<String, Object>> change) {
		List<Map<String, Object>> manifests = only(withOneReplica(overlay), from).stream()
			.filter(Manifests::isWorkload)
			.toList();
		String grace = "POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD";
		editContainer(manifests, from, (container) -> {
			Kustomization.maps(container.get("env")).removeIf((variable) -> grace.equals(variable.get("name")));
			environment(grace, String.valueOf(graceSeconds)).andThen(change).accept(container);
			container.put("name", name);
		});
		endsWithin(manifests, from, graceSeconds);
		Map<String, String> labels = Map.of("app.kubernetes.io/name", name);
		Map<String, Object> spec = spec(manifests, from);
		spec.put("selector", Map.of("matchLabels", labels));
		Kustomization.map(spec.get("template"))
			.put("metadata", Map.of("labels", labels, "finalizers", List.of(TestNamespace.FINALIZER)));
		manifests.get(0).put("metadata", Map.of("name", name, "labels", labels));
		return manifests;
	}

	/**
	 * Probes each second, for tests that wait for the result. The start has more time
	 * than a test has.
	 */
	static void probeEachSecond(Map<String, Object> container) {
		List.of("startupProbe", "readinessProbe")
			.forEach((probe) -> Kustomization.map(container.get(probe)).put("periodSeconds", 1));
		Kustomization.map(container.get("startupProbe")).put("failureThreshold", 300);
	}

	static Consumer<Map<String, Object>> environment(String name, String value) {
		return (container) -> Kustomization.maps(container.get("env")).add(Map.of("name", name, "value", value));
	}

	/** By exec, which old servers know too. */
	static Consumer<Map<String, Object>> preStopSleep(int seconds) {
		List<String> command = List.of("sleep", String.valueOf(seconds));
		return (container) -> container.put("lifecycle", Map.of("preStop", Map.of("exec", Map.of("command", command))));
	}

}

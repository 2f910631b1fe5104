package io.podlifecycle.rehearsal.cli.advice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A resource that makes pods.
 *
 * @param resource what it is and where it stands, for people
 * @param root the resource
 * @param template the description of its pods, with their metadata
 */
record Workload(String resource, Node root, Node template) {

	private static final Set<String> WITH_TEMPLATE = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet",
			"Rollout", "Job");

	private static final String DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

	/**
	 * Returns the workload that a document describes, if it does.
	 */
	static Optional<Workload> of(String file, Node document) {
		String kind = document.get("kind").text().orElse("");
		String resource = file + ": " + kind + " "
				+ document.get("metadata").get("name").text().orElse("without a name");
		if (kind.equals("Pod")) {
			return Optional.of(new Workload(resource, document, document));
		}
		Node spec = kind.equals("CronJob") ? document.get("spec").get("jobTemplate").get("spec") : document.get("spec");
		return (WITH_TEMPLATE.contains(kind) || kind.equals("CronJob"))
				? Optional.of(new Workload(resource, document, spec.get("template"))) : Optional.empty();
	}

	String kind() {
		return this.root.get("kind").text().orElse("");
	}

	/**
	 * Returns the description of a Job, which a CronJob has, too.
	 */
	Optional<Node> job() {
		return switch (kind()) {
			case "Job" -> Optional.of(this.root.get("spec"));
			case "CronJob" -> Optional.of(this.root.get("spec").get("jobTemplate").get("spec"));
			default -> Optional.empty();
		};
	}

	Map<String, String> labels() {
		return this.template.get("metadata").get("labels").texts(false);
	}

	Node podSpec() {
		return this.template.get("spec");
	}

	/**
	 * Returns the container of the application: the named one, or else the one that
	 * {@code kubectl} takes, which is the first if no annotation says otherwise. It may
	 * be a native sidecar.
	 * @param name its name; empty for none
	 */
	Optional<Node> container(String name) {
		List<Node> containers = Stream.concat(podSpec().get("containers").items().stream(), sidecars()).toList();
		String wanted = name.isEmpty()
				? this.template.get("metadata").get("annotations").get(DEFAULT_CONTAINER).text().orElse("") : name;
		return containers.stream()
			.filter((container) -> wanted.isEmpty() || container.get("name").text().orElse("").equals(wanted))
			.findFirst();
	}

	/**
	 * Returns the native sidecars: init containers that keep running.
	 */
	Stream<Node> sidecars() {
		return podSpec().get("initContainers")
			.items()
			.stream()
			.filter((container) -> container.get("restartPolicy").text().orElse("").equals("Always"));
	}

}

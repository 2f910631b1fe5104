package io.podlifecycle.rehearsal.cli.advice;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A resource that makes pods.
 *
 * @param resource what it is and where it stands, for people
 * @param root the resource
 * @param template the description of its pods, with their metadata
 */
record Workload(String resource, Node root, Node template) {

	private static final Set<String> WITH_TEMPLATE = Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet",
			"Rollout");

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
		return WITH_TEMPLATE.contains(kind)
				? Optional.of(new Workload(resource, document, document.get("spec").get("template")))
				: Optional.empty();
	}

	Node podSpec() {
		return this.template.get("spec");
	}

	/**
	 * Returns the container of the application: the named one, or else the one that
	 * {@code kubectl} takes, which is the first if no annotation says otherwise.
	 * @param name its name; empty for none
	 */
	Optional<Node> container(String name) {
		List<Node> containers = podSpec().get("containers").items();
		String wanted = name.isEmpty()
				? this.template.get("metadata").get("annotations").get(DEFAULT_CONTAINER).text().orElse("") : name;
		return containers.stream()
			.filter((container) -> wanted.isEmpty() || container.get("name").text().orElse("").equals(wanted))
			.findFirst();
	}

}

package io.podlifecycle.rehearsal.cli.advice;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the manifests hold, for what belongs to a workload: its Services, its budget, its
 * autoscaler. Immutable.
 *
 * @param all all resources
 */
record Resources(List<Node> all) {

	/**
	 * Returns the resources of a kind in the namespace of a workload.
	 */
	Stream<Node> beside(Workload workload, String kind) {
		return ofKind(kind).filter((resource) -> namespace(resource).equals(namespace(workload.root())));
	}

	Stream<Node> ofKind(String kind) {
		return this.all.stream().filter((resource) -> resource.get("kind").text().orElse("").equals(kind));
	}

	private static String namespace(Node resource) {
		return resource.get("metadata").get("namespace").text().orElse("");
	}

	/**
	 * Returns a field with the name of its resource, for people.
	 */
	static Node named(Node resource, Node field) {
		return new Node(
				resource.get("kind").text().orElse("") + " "
						+ resource.get("metadata").get("name").text().orElse("without a name") + ": " + field.path(),
				field.value());
	}

	/**
	 * Tells whether a label selector selects pods with some labels.
	 */
	static boolean selects(Node selector, Map<String, String> labels) {
		return selector.exists() && labels.entrySet().containsAll(selector.get("matchLabels").texts(false).entrySet())
				&& selector.get("matchExpressions").items().stream().allMatch((term) -> holds(term, labels));
	}

	private static boolean holds(Node term, Map<String, String> labels) {
		String label = labels.get(term.get("key").text().orElse(""));
		List<String> values = term.get("values").texts();
		return switch (term.get("operator").text().orElse("")) {
			case "In" -> label != null && values.contains(label);
			case "NotIn" -> label == null || !values.contains(label);
			case "Exists" -> label != null;
			default -> label == null;
		};
	}

}

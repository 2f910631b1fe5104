package io.podlifecycle.k8s;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * A test's own namespace. It goes with all that is in it when the test is over.
 */
final class TestNamespace implements AutoCloseable {

	/**
	 * Of pods that stay until the test is over, so that the cluster tells how they ended.
	 */
	static final String FINALIZER = "pod-lifecycle.io/test";

	private static final int NOT_FOUND = 404;

	private final KubernetesClient client;

	private final String name;

	private final PodHistory history;

	private TestNamespace(KubernetesClient client, String name) throws IOException {
		this.client = client;
		this.name = name;
		this.history = PodHistory.of(client, name);
	}

	static TestNamespace create(Cluster cluster, String test) {
		String words = test.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT).replaceAll("^-", "");
		String name = words.substring(0, Math.min(40, words.length())).replaceAll("-$", "") + "-"
				+ UUID.randomUUID().toString().substring(0, 4);
		// The manifests keep to the strictest standard, and the server shall see to it.
		cluster.client()
			.resource(new NamespaceBuilder().withNewMetadata()
				.withName(name)
				.addToLabels("pod-security.kubernetes.io/enforce", "restricted")
				.endMetadata()
				.build())
			.create();
		try {
			return new TestNamespace(cluster.client(), name);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String name() {
		return this.name;
	}

	Pods pods() {
		return new Pods(this.client, this.name);
	}

	PodHistory history() {
		return this.history;
	}

	void apply(List<Map<String, Object>> manifests) {
		translate(manifests).forEach((resource) -> this.client.resource(resource).inNamespace(this.name).create());
	}

	/**
	 * Has the server look at all of it, without making anything.
	 * @param manifests what to look at
	 * @throws KubernetesClientException if the server refuses one
	 */
	void dryRun(List<Map<String, Object>> manifests) {
		// An old server refuses with status 500, which would be tried again and again.
		Config config = new ConfigBuilder(this.client.getConfiguration()).withRequestRetryBackoffLimit(0).build();
		try (KubernetesClient impatient = new KubernetesClientBuilder().withConfig(config).build()) {
			translate(manifests)
				.forEach((resource) -> impatient.resource(resource).inNamespace(this.name).dryRun().serverSideApply());
		}
	}

	/**
	 * Deletes pods without having others made in their place, which would take the
	 * processor that those are to end with.
	 * @param pods the pods
	 */
	void remove(Pod... pods) {
		this.client.apps()
			.deployments()
			.inNamespace(this.name)
			.withPropagationPolicy(DeletionPropagation.ORPHAN)
			.delete();
		this.client.apps()
			.replicaSets()
			.inNamespace(this.name)
			.withPropagationPolicy(DeletionPropagation.ORPHAN)
			.delete();
		List.of(pods).forEach((pod) -> pods().delete(pod));
	}

	/**
	 * Waits for an event of a pod.
	 * @param application the beginning of the name of the pod
	 * @param reason the reason that the event has
	 * @return the message of the event
	 * @throws InterruptedException if interrupted
	 */
	String awaitEvent(String application, String reason) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
		while (System.nanoTime() < deadline) {
			for (Event event : this.client.v1().events().inNamespace(this.name).list().getItems()) {
				if (reason.equals(event.getReason()) && event.getInvolvedObject().getName().startsWith(application)) {
					return event.getMessage();
				}
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
		throw new IllegalStateException("There is no event " + reason + " of " + application);
	}

	private List<HasMetadata> translate(List<Map<String, Object>> manifests) {
		ServerTranslation translation = ServerTranslation.of(this.client);
		KubernetesSerialization serialization = new KubernetesSerialization();
		return manifests.stream()
			.map((manifest) -> serialization
				.<HasMetadata>unmarshal(serialization.asJson(translation.translate(manifest))))
			.toList();
	}

	void printWhatHappened() {
		System.out.println("---- events in " + this.name);
		this.client.v1().events().inNamespace(this.name).list().getItems().forEach((event) -> {
			String object = event.getInvolvedObject().getKind() + "/" + event.getInvolvedObject().getName();
			System.out.printf("%s %s %s: %s%n", event.getLastTimestamp(), object, event.getReason(),
					event.getMessage());
		});
		this.history.printLogs(60);
	}

	/**
	 * Lets pods go that stay after their end. They keep what they had asked of their
	 * node.
	 * @param pods the pods
	 */
	void letGo(List<Pod> pods) {
		pods.forEach((pod) -> letGo(this.client.pods().inNamespace(this.name).withName(pod.getMetadata().getName())));
	}

	private static void letGo(PodResource pod) {
		try {
			// Whatever else changes the pod at the same time.
			pod.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() != NOT_FOUND) {
				throw ex;
			}
		}
	}

	/**
	 * Waits until the pods are deleted, which take room on a node, but not the namespace:
	 * that takes 5 seconds more.
	 */
	@Override
	public void close() {
		this.history.close();
		this.client.namespaces().withName(this.name).delete();
		var pods = this.client.pods().inNamespace(this.name);
		pods.withGracePeriod(0).delete();
		pods.resources().forEach(TestNamespace::letGo);
		pods.informOnCondition(List::isEmpty).orTimeout(2, TimeUnit.MINUTES).join();
	}

}

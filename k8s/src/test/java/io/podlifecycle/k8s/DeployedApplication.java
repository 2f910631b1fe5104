package io.podlifecycle.k8s;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;

/**
 * A Deployment in a test's namespace.
 */
final class DeployedApplication {

	private final KubernetesClient client;

	private final String namespace;

	private final String name;

	DeployedApplication(Cluster cluster, TestNamespace namespace, String name) {
		this.client = cluster.client();
		this.namespace = namespace.name();
		this.name = name;
	}

	/**
	 * Does what {@code kubectl rollout restart} does, and waits until it is over and the
	 * old pods are terminated.
	 * @throws Exception if that takes too long
	 */
	void restart() throws Exception {
		resource().rolling().restart();
		awaitRollout();
	}

	/**
	 * Does what {@code kubectl rollout restart} does, and waits until the new pods are
	 * there.
	 */
	void update() {
		resource().rolling().restart();
		awaitAvailable();
	}

	void scale(int replicas) {
		resource().scale(replicas);
		awaitAvailable();
	}

	/**
	 * Until all replicas are available, and no other pods are counted any more. The pods
	 * are counted first, since the status may be older than the deletion of a pod.
	 */
	void awaitAvailable() {
		int replicas = resource().get().getSpec().getReplicas();
		podsOfApplication()
			.informOnCondition((pods) -> pods.stream().filter(DeployedApplication::isToStay).count() >= replicas)
			.orTimeout(4, TimeUnit.MINUTES)
			.join();
		resource().waitUntilCondition(DeployedApplication::isRolledOut, 4, TimeUnit.MINUTES);
	}

	/**
	 * Returns the pods that are not about to go.
	 * @return the pods
	 */
	List<Pod> pods() {
		return podsOfApplication().list().getItems().stream().filter(DeployedApplication::isToStay).toList();
	}

	void awaitRollout() throws Exception {
		awaitAvailable();
		int replicas = resource().get().getSpec().getReplicas();
		podsOfApplication()
			.informOnCondition(
					(pods) -> pods.size() == replicas && pods.stream().allMatch(DeployedApplication::isToStay))
			.get(2, TimeUnit.MINUTES);
	}

	private FilterWatchListDeletable<Pod, PodList, PodResource> podsOfApplication() {
		return this.client.pods().inNamespace(this.namespace).withLabel("app.kubernetes.io/name", this.name);
	}

	private RollableScalableResource<Deployment> resource() {
		return this.client.apps().deployments().inNamespace(this.namespace).withName(this.name);
	}

	private static boolean isRolledOut(Deployment deployment) {
		int replicas = deployment.getSpec().getReplicas();
		DeploymentStatus status = deployment.getStatus();
		return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
				&& is(replicas, status.getReplicas()) && is(replicas, status.getUpdatedReplicas())
				&& is(replicas, status.getAvailableReplicas());
	}

	private static boolean is(int expected, Integer actual) {
		return actual != null && actual == expected;
	}

	private static boolean isToStay(Pod pod) {
		return pod.getMetadata().getDeletionTimestamp() == null;
	}

}

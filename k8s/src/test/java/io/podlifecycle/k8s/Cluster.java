package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A running cluster that images can be brought to.
 */
abstract class Cluster implements AutoCloseable {

	/**
	 * How late the nodes learn that a pod has terminated. On a quiet test cluster it is a
	 * fraction of a second, which hides what happens on a real one.
	 */
	static final Duration ENDPOINT_LAG = Duration.ofSeconds(5);

	private final KubernetesClient client;

	private final Set<String> images = new HashSet<>();

	Cluster(KubernetesClient client) {
		this.client = client;
	}

	KubernetesClient client() {
		return this.client;
	}

	/**
	 * Builds an image and makes it known to the cluster, once.
	 * @param name its name
	 * @param context the directory of its Dockerfile
	 * @throws Exception if it does not work
	 */
	synchronized void image(String name, Path context) throws Exception {
		if (this.images.add(name)) {
			build(name, context.toAbsolutePath().normalize());
		}
	}

	protected abstract void build(String name, Path context) throws Exception;

	@Override
	public void close() {
		this.client.close();
	}

	@Override
	public String toString() {
		int nodes = this.client.nodes().list().getItems().size();
		return "Kubernetes " + this.client.getKubernetesVersion().getGitVersion() + " of " + nodes
				+ ((nodes != 1) ? " nodes" : " node");
	}

}

package io.podlifecycle.k8s;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.Pod;
import io.podlifecycle.k8s.LoadPod.Counts;
import io.podlifecycle.k8s.PodHistory.PodEnd;

/**
 * A Deployment of the sample app with its Service, its disruption budget, and clients of
 * all kinds.
 */
final class ServedApplication {

	static final int GRACE = 30;

	private static final Counts NONE = new Counts(0, 0, 0);

	private static final String[] CLIENTS = { "--keep-alive", "4", "--keep-alive-pause", "300ms", "--fresh", "2",
			"--fresh-pause", "50ms", "--http2", "4", "--sse", "3", "--sse-path", "/fortunes", "--websocket", "3",
			"--websocket-path", "/fortunes/socket" };

	private final TestNamespace namespace;

	private final String name;

	private final PodStories stories;

	private final DeployedApplication deployment;

	private final LoadPod load;

	private ServedApplication(Cluster cluster, TestNamespace namespace, String name, PodStories stories) {
		this.namespace = namespace;
		this.name = name;
		this.stories = stories;
		this.deployment = new DeployedApplication(cluster, namespace, name);
		this.deployment.awaitAvailable();
		this.load = LoadPod.create(cluster.client(), namespace.name(), name, "/hello", CLIENTS);
	}

	/**
	 * Has a Deployment made, with its Service and its disruption budget.
	 */
	static void deploy(TestNamespace namespace, String name, int replicas, Consumer<Map<String, Object>> change) {
		List<Map<String, Object>> manifests = new ArrayList<>(Manifests.server(name, GRACE,
				Manifests.environment("SERVER_HTTP2_ENABLED", "true")
					.andThen(Manifests::probeEachSecond)
					.andThen(change)));
		Map<String, Object> spec = Manifests.spec(manifests, name);
		spec.put("replicas", replicas);
		spec.put("strategy",
				Map.of("type", "RollingUpdate", "rollingUpdate", Map.of("maxSurge", 1, "maxUnavailable", 0)));
		manifests.addAll(Kustomization.documents("""
				apiVersion: v1
				kind: Service
				metadata:
				  name: %1$s
				spec:
				  selector:
				    app.kubernetes.io/name: %1$s
				  ports:
				  - port: 80
				    targetPort: http
				""".formatted(name)));
		manifests.addAll(disruptionBudget(name));
		namespace.apply(manifests);
	}

	/** One of the pods of an application may be missing. */
	static List<Map<String, Object>> disruptionBudget(String application) {
		return Kustomization.documents("""
				apiVersion: policy/v1
				kind: PodDisruptionBudget
				metadata:
				  name: %1$s
				spec:
				  maxUnavailable: 1
				  selector:
				    matchLabels:
				      app.kubernetes.io/name: %1$s
				""".formatted(application));
	}

	/**
	 * Waits for the pods of a Deployment, and has its clients made.
	 */
	static ServedApplication await(Cluster cluster, TestNamespace namespace, String name, PodStories stories) {
		return new ServedApplication(cluster, namespace, name, stories);
	}

	String name() {
		return this.name;
	}

	DeployedApplication deployment() {
		return this.deployment;
	}

	LoadPod load() {
		return this.load;
	}

	void deleteOne() {
		this.namespace.pods().delete(this.deployment.pods().get(0));
		this.deployment.awaitAvailable();
	}

	/**
	 * Evicts each pod once its budget permits.
	 * @return how often it did not
	 * @throws InterruptedException if interrupted
	 */
	int drain() throws InterruptedException {
		int refused = 0;
		for (Pod pod : this.deployment.pods()) {
			while (!this.namespace.pods().evict(pod)) {
				refused++;
				Settling.sleep(1);
			}
		}
		this.deployment.awaitAvailable();
		return refused;
	}

	/**
	 * Lets something happen to the pods, until those that have to leave have ended and
	 * each node knows of it.
	 * @param what what happens; it returns when the remaining pods are available
	 * @return what was seen meanwhile
	 * @throws Exception if something goes wrong
	 */
	Seen during(Happening what) throws Exception {
		Map<String, Counts> countsBefore = this.load.seen();
		List<PodEnd> ends = ends(what);
		Settling.awaitEndpoints();
		Map<String, Counts> counts = new LinkedHashMap<>(this.load.seen());
		counts.replaceAll((sort, seen) -> seen.since(countsBefore.getOrDefault(sort, NONE)));
		return new Seen(counts, ends, ends.stream().map((end) -> this.stories.of(end.pod())).toList());
	}

	/**
	 * Lets something happen to the pods, until those that have to leave have ended.
	 * @param what what happens; it returns when the remaining pods are available
	 * @return how they ended
	 * @throws Exception if something goes wrong
	 */
	List<PodEnd> ends(Happening what) throws Exception {
		List<Pod> before = this.deployment.pods();
		what.happen(this);
		List<String> after = this.deployment.pods().stream().map((pod) -> pod.getMetadata().getUid()).toList();
		List<Pod> left = before.stream().filter((pod) -> !after.contains(pod.getMetadata().getUid())).toList();
		List<PodEnd> ends = this.namespace.history().awaitEnds(left);
		this.namespace.letGo(left);
		return ends;
	}

	/**
	 * What happens to pods.
	 */
	@FunctionalInterface
	interface Happening {

		void happen(ServedApplication application) throws Exception;

	}

	/**
	 * What was seen while something happened to pods.
	 *
	 * @param clients what each sort of clients saw
	 * @param ends how the pods ended that had to leave
	 * @param stories what happened to each of them
	 */
	record Seen(Map<String, Counts> clients, List<PodEnd> ends, List<List<String>> stories) {

		long failed(String kind) {
			return this.clients.getOrDefault(kind, NONE).failed();
		}

		long failed() {
			return this.clients.values().stream().mapToLong(Counts::failed).sum();
		}

		@Override
		public String toString() {
			List<Long> seconds = this.ends.stream().map((end) -> end.took().toSeconds()).toList();
			List<Integer> exitCodes = this.ends.stream().map(PodEnd::exitCode).filter(Objects::nonNull).toList();
			return "failed: %d; by sort: %s; pods ended after %s s, exit codes %s".formatted(failed(), this.clients,
					seconds, exitCodes);
		}

	}

}

package io.podlifecycle.k8s;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;

/**
 * The pods of a namespace, as {@code kubectl get}, {@code logs} and {@code exec} show
 * them.
 */
final class Pods {

	private static final int TOO_MANY_REQUESTS = 429;

	private final KubernetesClient client;

	private final String namespace;

	Pods(KubernetesClient client, String namespace) {
		this.client = client;
		this.namespace = namespace;
	}

	/**
	 * Waits until a pod of an application is as it should be.
	 * @param application the value of their label {@code app.kubernetes.io/name}
	 * @param condition what the pod has to be like
	 * @return the pod
	 * @throws Exception if that takes too long
	 */
	Pod await(String application, Predicate<Pod> condition) throws Exception {
		List<Pod> pods = this.client.pods()
			.inNamespace(this.namespace)
			.withLabel("app.kubernetes.io/name", application)
			.informOnCondition((found) -> found.stream().anyMatch(condition))
			.get(4, TimeUnit.MINUTES);
		return pods.stream().filter(condition).findFirst().orElseThrow();
	}

	List<Pod> list(String application) {
		return this.client.pods()
			.inNamespace(this.namespace)
			.withLabel("app.kubernetes.io/name", application)
			.list()
			.getItems();
	}

	/**
	 * Waits for a line in the log of a container.
	 * @param pod the pod
	 * @param container the name of the container
	 * @param condition what the line has to be like
	 * @return the line
	 * @throws InterruptedException if interrupted
	 */
	String awaitLine(Pod pod, String container, Predicate<String> condition) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
		while (System.nanoTime() < deadline) {
			for (String line : log(pod, container)) {
				if (condition.test(line)) {
					return line;
				}
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
		throw new IllegalStateException("There is no such line in the log of " + container);
	}

	List<String> log(Pod pod, String container) {
		return resource(pod).inContainer(container).getLog().lines().toList();
	}

	String exec(Pod pod, String container, String... command) throws Exception {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		try (ExecWatch exec = resource(pod).inContainer(container).writingOutput(output).exec(command)) {
			exec.exitCode().get(30, TimeUnit.SECONDS);
		}
		return output.toString(StandardCharsets.UTF_8);
	}

	void delete(Pod pod) {
		resource(pod).delete();
	}

	/**
	 * Asks for a pod to be evicted, as {@code kubectl drain} does.
	 * @param pod the pod
	 * @return whether it is; if not, its disruption budget does not permit it now
	 */
	boolean evict(Pod pod) {
		String name = pod.getMetadata().getName();
		// Old servers know a pod's eviction by the version of the budgets.
		String version = ServerTranslation.of(this.client).apiVersion("policy/v1", "PodDisruptionBudget");
		// Or the client would try again by itself.
		Config config = new ConfigBuilder(this.client.getConfiguration()).withRequestRetryBackoffLimit(0).build();
		try (KubernetesClient once = new KubernetesClientBuilder().withConfig(config).build()) {
			once.raw("/api/v1/namespaces/" + this.namespace + "/pods/" + name + "/eviction", "POST",
					Map.of("apiVersion", version, "kind", "Eviction", "metadata", Map.of("name", name)));
			return true;
		}
		catch (KubernetesClientException ex) {
			if (ex.getCode() == TOO_MANY_REQUESTS) {
				return false;
			}
			throw ex;
		}
	}

	private PodResource resource(Pod pod) {
		return this.client.pods().inNamespace(this.namespace).withName(pod.getMetadata().getName());
	}

	static Predicate<Pod> is(String container, Predicate<ContainerStatus> condition) {
		return (pod) -> pod.getStatus()
			.getContainerStatuses()
			.stream()
			.anyMatch((status) -> status.getName().equals(container) && condition.test(status));
	}

	static ContainerStatus container(Pod pod, String name) {
		return pod.getStatus()
			.getContainerStatuses()
			.stream()
			.filter((container) -> container.getName().equals(name))
			.findFirst()
			.orElseThrow();
	}

	/** In whole seconds, like all times of the API. */
	static Instant since(Pod pod, String condition) {
		return pod.getStatus()
			.getConditions()
			.stream()
			.filter((candidate) -> condition.equals(candidate.getType()))
			.map((candidate) -> Instant.parse(candidate.getLastTransitionTime()))
			.findFirst()
			.orElseThrow();
	}

	static Instant timeOf(List<String> log, String fragment) {
		return timeOf(log.stream().filter((line) -> line.contains(fragment)).findFirst().orElseThrow());
	}

	static Instant timeOf(String line) {
		return Instant.parse(line.substring(0, line.indexOf(' ')));
	}

}

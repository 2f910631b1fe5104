package io.podlifecycle.k8s;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * A pod whose clients send requests to a Service without ever trying one again, over
 * connections that they keep and over fresh ones.
 */
final class LoadPod {

	private static final String NAME = "load";

	private final PodResource pod;

	private LoadPod(PodResource pod) {
		this.pod = pod;
	}

	/**
	 * Starts the load, once the Service answers on its address.
	 * @param client the client
	 * @param namespace the namespace
	 * @param service the name of the Service
	 * @param path what to ask it for
	 * @param keepAlivePause how long a kept connection rests between two requests
	 * @return the running load
	 */
	static LoadPod start(KubernetesClient client, String namespace, String service, String path,
			Duration keepAlivePause) {
		client
			.resource(pod("http://" + service + path, "until exec 3<>/dev/tcp/" + service + "/80; do sleep 0.2; done",
					"--keep-alive", "8", "--keep-alive-pause", keepAlivePause.toMillis() + "ms", "--fresh", "4",
					"--fresh-pause", "50ms", "--max", "15m"))
			.inNamespace(namespace)
			.create();
		PodResource pod = client.pods().inNamespace(namespace).withName(NAME);
		pod.waitUntilReady(2, TimeUnit.MINUTES);
		return new LoadPod(pod);
	}

	private static Pod pod(String url, String await, String... arguments) {
		return new PodBuilder().withNewMetadata()
			.withName(NAME)
			.endMetadata()
			.withNewSpec()
			.withRestartPolicy("Never")
			.withAutomountServiceAccountToken(false)
			.withNewSecurityContext()
			.withRunAsNonRoot(true)
			.withNewSeccompProfile()
			.withType("RuntimeDefault")
			.endSeccompProfile()
			.endSecurityContext()
			.addNewInitContainer()
			.withName("await")
			.withImage(Images.LOAD)
			.withImagePullPolicy("IfNotPresent")
			.withCommand("bash", "-c", await)
			.withNewSecurityContext()
			.withAllowPrivilegeEscalation(false)
			.withNewCapabilities()
			.addToDrop("ALL")
			.endCapabilities()
			.endSecurityContext()
			.endInitContainer()
			.addNewContainer()
			.withName(NAME)
			.withImage(Images.LOAD)
			.withImagePullPolicy("IfNotPresent")
			.addToArgs("--url", url)
			.addToArgs(arguments)
			.withNewSecurityContext()
			.withAllowPrivilegeEscalation(false)
			.withNewCapabilities()
			.addToDrop("ALL")
			.endCapabilities()
			.endSecurityContext()
			.withNewResources()
			.addToRequests("cpu", new Quantity("100m"))
			.addToLimits("memory", new Quantity("256Mi"))
			.endResources()
			.endContainer()
			.endSpec()
			.build();
	}

	/**
	 * Ends the load. The pod stays, for its log.
	 * @return what the clients saw
	 * @throws Exception if it does not end or says nothing
	 */
	Result stop() throws Exception {
		try (ExecWatch kill = this.pod.inContainer(NAME)
			.writingOutput(new ByteArrayOutputStream())
			.exec("bash", "-c", "kill -TERM 1")) {
			kill.exitCode().get(30, TimeUnit.SECONDS);
		}
		this.pod.waitUntilCondition((pod) -> !"Running".equals(pod.getStatus().getPhase()), 1, TimeUnit.MINUTES);
		String log = this.pod.inContainer(NAME).getLog();
		String json = log.lines()
			.filter((line) -> line.startsWith("RESULT "))
			.reduce((first, last) -> last)
			.orElseThrow(() -> new IllegalStateException("The load reported nothing: " + log))
			.substring("RESULT ".length());
		Map<String, Object> result = Kustomization.map(new KubernetesSerialization().unmarshal(json, Map.class));
		return new Result(number(result, "requests"), number(result, "failed"),
				Kustomization.map(result.get("failuresByKind")), json);
	}

	private static long number(Map<String, Object> result, String name) {
		return ((Number) result.getOrDefault(name, -1)).longValue();
	}

	/**
	 * What the clients saw.
	 *
	 * @param requests how many requests they sent
	 * @param failed how many of them failed
	 * @param failuresByKind how they failed
	 * @param json all there is to know, single failures included
	 */
	record Result(long requests, long failed, Map<String, Object> failuresByKind, String json) {

		@Override
		public String toString() {
			return "%,d requests, %,d failed %s".formatted(this.requests, this.failed, this.failuresByKind);
		}

	}

}

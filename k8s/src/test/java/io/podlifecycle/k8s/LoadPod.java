package io.podlifecycle.k8s;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * A pod whose clients send requests to a Service, or follow its streams, without ever
 * trying one again.
 */
final class LoadPod {

	private static final String NAME = "load";

	private static final Pattern PROGRESS = Pattern.compile("requests=.* \\[(.*)]");

	private static final Pattern SORT = Pattern.compile("([a-z0-9-]+)=(\\d+)(?:/(\\d+) events)?/(\\d+) failed");

	private final PodResource pod;

	private LoadPod(PodResource pod) {
		this.pod = pod;
	}

	/**
	 * Starts a load of requests, over connections that are kept and over fresh ones, once
	 * the Service answers on its address.
	 * @param client the client
	 * @param namespace the namespace
	 * @param service the name of the Service
	 * @param path what to ask it for
	 * @param keepAlivePause how long a kept connection rests between two requests
	 * @return the running load
	 */
	static LoadPod start(KubernetesClient client, String namespace, String service, String path,
			Duration keepAlivePause) {
		LoadPod load = create(client, namespace, service, path, "--keep-alive", "8", "--keep-alive-pause",
				keepAlivePause.toMillis() + "ms", "--fresh", "4", "--fresh-pause", "50ms");
		load.awaitReady();
		return load;
	}

	/**
	 * Creates a load, which begins once the Service answers on its address.
	 * @param client the client
	 * @param namespace the namespace
	 * @param service the name of the Service
	 * @param path what to ask it for
	 * @param clients the clients, as arguments of the load
	 * @return the load
	 */
	static LoadPod create(KubernetesClient client, String namespace, String service, String path, String... clients) {
		String name = NAME + "-" + service;
		Pod pod = pod(name, "http://" + service + path, "until exec 3<>/dev/tcp/" + service + "/80; do sleep 0.2; done",
				Stream.concat(Stream.of("--max", "60m"), Stream.of(clients)).toArray(String[]::new));
		client.resource(pod).inNamespace(namespace).create();
		return new LoadPod(client.pods().inNamespace(namespace).withName(name));
	}

	void awaitReady() {
		this.pod.waitUntilReady(2, TimeUnit.MINUTES);
	}

	/**
	 * Tells what the clients have seen so far.
	 * @return the counts of each sort of clients, not older than this call
	 * @throws InterruptedException if interrupted
	 */
	Map<String, Counts> seen() throws InterruptedException {
		// A line a second: the second one from now on was written from now on.
		int before = progress().size();
		List<String> lines = progress();
		while (lines.size() < before + 2) {
			TimeUnit.MILLISECONDS.sleep(200);
			lines = progress();
		}
		Map<String, Counts> result = new LinkedHashMap<>();
		Matcher sort = SORT.matcher(lines.get(lines.size() - 1));
		while (sort.find()) {
			String events = (sort.group(3) != null) ? sort.group(3) : "0";
			result.put(sort.group(1),
					new Counts(Long.parseLong(sort.group(2)), Long.parseLong(sort.group(4)), Long.parseLong(events)));
		}
		return result;
	}

	private List<String> progress() {
		return this.pod.inContainer(NAME).getLog().lines().filter((line) -> PROGRESS.matcher(line).matches()).toList();
	}

	private static Pod pod(String name, String url, String await, String... arguments) {
		return new PodBuilder().withNewMetadata()
			.withName(name)
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
		Map<String, Object> latency = Kustomization.map(result.get("latencyMs"));
		return new Result(number(result, "requests"), number(result, "failed"),
				Kustomization.map(result.get("failuresByKind")), number(latency, "p50"), number(latency, "p99"), json);
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
	 * @param p50 the median latency in milliseconds
	 * @param p99 the 99th percentile of it
	 * @param json all there is to know, single failures included
	 */
	record Result(long requests, long failed, Map<String, Object> failuresByKind, long p50, long p99, String json) {

		@Override
		public String toString() {
			return "%,d requests, %,d failed %s".formatted(this.requests, this.failed, this.failuresByKind);
		}

	}

	/**
	 * What the clients of one sort saw.
	 *
	 * @param requests how many requests they sent, or how many streams they followed to
	 * their end
	 * @param failed how many of them failed
	 * @param events how many events the streams brought
	 */
	record Counts(long requests, long failed, long events) {

		Counts since(Counts earlier) {
			return new Counts(this.requests - earlier.requests, this.failed - earlier.failed,
					this.events - earlier.events);
		}

		@Override
		public String toString() {
			return "%,d/%,d".formatted(this.failed, this.requests)
					+ ((this.events > 0) ? " (%,d events)".formatted(this.events) : "");
		}

	}

}

package io.podlifecycle.k8s;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pod of the small image, for tests of what Kubernetes itself does with a pod. It stays
 * to be looked at when it has ended.
 */
final class FortunePod {

	private final String name;

	private final Map<String, Object> pod;

	private FortunePod(String name, Map<String, Object> pod) {
		this.name = name;
		this.pod = pod;
	}

	/**
	 * Makes a pod with one container, which serves an empty site on port 8080.
	 * @param name the name of the pod, of its label and of its container
	 * @return the pod
	 */
	static FortunePod named(String name) {
		Map<String, Object> pod = Kustomization.documents("""
				apiVersion: v1
				kind: Pod
				metadata:
				  name: %1$s
				  labels:
				    app.kubernetes.io/name: %1$s
				  finalizers: [%2$s]
				spec:
				  automountServiceAccountToken: false
				  terminationGracePeriodSeconds: 10
				  securityContext:
				    runAsNonRoot: true
				    seccompProfile:
				      type: RuntimeDefault
				  containers:
				  - name: %1$s
				    image: fortune:dev
				    imagePullPolicy: IfNotPresent
				    command: [web-server, /var/htdocs]
				    resources:
				      limits:
				        memory: 16Mi
				    securityContext:
				      allowPrivilegeEscalation: false
				      capabilities:
				        drop: [ALL]
				    volumeMounts:
				    - name: htdocs
				      mountPath: /var/htdocs
				  volumes:
				  - name: htdocs
				    emptyDir: {}
				""".formatted(name, TestNamespace.FINALIZER)).get(0);
		return new FortunePod(name, pod);
	}

	FortunePod command(String... command) {
		container().put("command", List.of(command));
		return this;
	}

	FortunePod with(String field, Map<String, Object> value) {
		container().put(field, value);
		return this;
	}

	/** A second container like the first as it is now. */
	FortunePod and(String container) {
		Map<String, Object> second = new HashMap<>(container());
		second.put("name", container);
		Kustomization.maps(spec().get("containers")).add(second);
		return this;
	}

	private Map<String, Object> spec() {
		return Kustomization.map(this.pod.get("spec"));
	}

	private Map<String, Object> container() {
		return Kustomization.maps(spec().get("containers")).get(0);
	}

	String name() {
		return this.name;
	}

	List<Map<String, Object>> manifests() {
		return List.of(this.pod);
	}

	/** A Deployment of one replica of this pod. */
	List<Map<String, Object>> deployment() {
		Map<String, String> labels = Map.of("app.kubernetes.io/name", this.name);
		Map<String, Object> template = Map.of("metadata", Map.of("labels", labels), "spec", spec());
		return List.of(new HashMap<>(
				Map.of("apiVersion", "apps/v1", "kind", "Deployment", "metadata", Map.of("name", this.name), "spec",
						Map.of("replicas", 1, "selector", Map.of("matchLabels", labels), "template", template))));
	}

	static Map<String, Object> exec(String... command) {
		return Map.of("exec", Map.of("command", List.of(command)));
	}

	static Map<String, Object> httpGet(int port) {
		return Map.of("httpGet", Map.of("path", "/", "port", port));
	}

}

package io.podlifecycle.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The manifests are for current Kubernetes. This is the one place that knows of other
 * servers: it has them look at a manifest, says things in their words, and where it
 * can't, the test is skipped.
 */
final class ServerTranslation {

	private static final Map<String, String> OLDER = Map.of("policy/v1", "policy/v1beta1", "batch/v1", "batch/v1beta1",
			"discovery.k8s.io/v1", "discovery.k8s.io/v1beta1");

	/**
	 * A server drops fields that it does not serve, and the test would prove nothing.
	 */
	private static final List<Field> FIELDS = List.of(new Field("initContainers", "restartPolicy"),
			new Field("containers", "restartPolicyRules"), new Field("lifecycle", "stopSignal"),
			new Field("livenessProbe", "grpc"), new Field("readinessProbe", "grpc"), new Field("startupProbe", "grpc"),
			new Field("spec", "podFailurePolicy"));

	private static final Field SLEEP = new Field("preStop", "sleep");

	/** What is refused because a part of it was dropped. */
	private static final Pattern DROPPED = Pattern
		.compile("must specify a handler type|may not be set for non-init containers");

	private final String version;

	private final BiPredicate<String, String> serves;

	private final UnaryOperator<Map<String, Object>> echo;

	/**
	 * Creates a translation.
	 * @param version the version of the server, for people
	 * @param serves whether it serves a kind of an API version
	 * @param echo what it makes of a manifest
	 */
	ServerTranslation(String version, BiPredicate<String, String> serves, UnaryOperator<Map<String, Object>> echo) {
		this.version = version;
		this.serves = serves;
		this.echo = echo;
	}

	static ServerTranslation of(KubernetesClient client) {
		return new ServerTranslation(client.getKubernetesVersion().getGitVersion(), (apiVersion, kind) -> {
			@Nullable APIResourceList resources = client.getApiResources(apiVersion);
			return resources != null
					&& resources.getResources().stream().anyMatch((resource) -> kind.equals(resource.getKind()));
		}, (manifest) -> create(client, manifest));
	}

	private static Map<String, Object> create(KubernetesClient client, Map<String, Object> manifest) {
		KubernetesSerialization serialization = new KubernetesSerialization();
		HasMetadata resource = serialization.unmarshal(serialization.asJson(manifest));
		resource.getMetadata().setName("served-" + UUID.randomUUID());
		HasMetadata created = client.resource(resource).inNamespace("default").dryRun().create();
		return Kustomization.map(serialization.unmarshal(serialization.asJson(created), Map.class));
	}

	/**
	 * Says a manifest in the words of the server.
	 * @param manifest the manifest, which is changed
	 * @return the manifest; the test is skipped if the server does not serve a part of it
	 */
	Map<String, Object> translate(Map<String, Object> manifest) {
		manifest.put("apiVersion",
				apiVersion(Objects.toString(manifest.get("apiVersion")), Objects.toString(manifest.get("kind"))));
		if (SLEEP.isIn(manifest) && !SLEEP.isIn(served(manifest))) {
			sleepByExec(manifest);
		}
		List<Field> used = FIELDS.stream().filter((field) -> field.isIn(manifest)).toList();
		if (!used.isEmpty()) {
			Map<String, Object> served = served(manifest);
			used.stream()
				.filter((field) -> !field.isIn(served))
				.forEach((field) -> abort("The API server (%s) does not serve %s.%s".formatted(this.version,
						field.parent(), field.name())));
		}
		return manifest;
	}

	private Map<String, Object> served(Map<String, Object> manifest) {
		try {
			return this.echo.apply(manifest);
		}
		catch (KubernetesClientException ex) {
			if (DROPPED.matcher(String.valueOf(ex.getMessage())).find()) {
				return Map.of();
			}
			throw ex;
		}
	}

	/**
	 * Returns under which version the server knows a kind of objects.
	 * @param apiVersion the current version
	 * @param kind the kind
	 * @return that version, or an older one
	 */
	String apiVersion(String apiVersion, String kind) {
		if (this.serves.test(apiVersion, kind)) {
			return apiVersion;
		}
		@Nullable String older = OLDER.get(apiVersion);
		if (older == null || !this.serves.test(older, kind)) {
			return abort("The API server (%s) does not serve %s of %s".formatted(this.version, kind, apiVersion));
		}
		return older;
	}

	private static void sleepByExec(@Nullable Object node) {
		if (node instanceof List<?> list) {
			list.forEach(ServerTranslation::sleepByExec);
		}
		else if (node instanceof Map<?, ?> map) {
			map.values().forEach(ServerTranslation::sleepByExec);
			if (map.get("preStop") instanceof Map<?, ?> hook && hook.get("sleep") instanceof Map<?, ?> sleep) {
				Map<String, Object> lifecycle = Kustomization.map(map);
				List<String> command = List.of("sleep", Objects.toString(sleep.get("seconds")));
				lifecycle.put("preStop", Map.of("exec", Map.of("command", command)));
			}
		}
	}

	private record Field(String parent, String name) {

		boolean isIn(@Nullable Object node) {
			if (node instanceof Map<?, ?> map) {
				return has(map.get(this.parent)) || map.values().stream().anyMatch(this::isIn);
			}
			return node instanceof List<?> list && list.stream().anyMatch(this::isIn);
		}

		private boolean has(@Nullable Object parent) {
			List<Object> candidates = new ArrayList<>();
			if (parent instanceof List<?> list) {
				candidates.addAll(list);
			}
			else if (parent != null) {
				candidates.add(parent);
			}
			return candidates.stream().anyMatch((node) -> node instanceof Map<?, ?> map && map.containsKey(this.name));
		}

	}

}

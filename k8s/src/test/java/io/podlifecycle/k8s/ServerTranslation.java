package io.podlifecycle.k8s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.VersionInfo;
import org.jspecify.annotations.Nullable;

import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The manifests are for current Kubernetes. This is the one place that knows older
 * servers: it says things in their words, and where it can't, the test is skipped.
 */
final class ServerTranslation {

	private static final Map<String, String> OLDER = Map.of("policy/v1", "policy/v1beta1", "batch/v1", "batch/v1beta1",
			"discovery.k8s.io/v1", "discovery.k8s.io/v1beta1");

	/**
	 * An old server ignores fields that it does not know, and the test would prove
	 * nothing.
	 */
	private static final List<NewField> NEW_FIELDS = List.of(new NewField("initContainers", "restartPolicy", 29),
			new NewField("livenessProbe", "grpc", 24), new NewField("readinessProbe", "grpc", 24),
			new NewField("startupProbe", "grpc", 24));

	private static final int SLEEP_ACTION_SINCE = 30;

	private final String version;

	private final int minor;

	private final BiPredicate<String, String> serves;

	ServerTranslation(String version, int minor, BiPredicate<String, String> serves) {
		this.version = version;
		this.minor = minor;
		this.serves = serves;
	}

	static ServerTranslation of(KubernetesClient client) {
		VersionInfo version = client.getKubernetesVersion();
		int minor = Integer.parseInt(version.getMinor().replaceAll("\\D.*", ""));
		return new ServerTranslation(version.getGitVersion(), minor, (apiVersion, kind) -> {
			@Nullable APIResourceList resources = client.getApiResources(apiVersion);
			return resources != null
					&& resources.getResources().stream().anyMatch((resource) -> kind.equals(resource.getKind()));
		});
	}

	Map<String, Object> translate(Map<String, Object> manifest) {
		for (NewField field : NEW_FIELDS) {
			if (this.minor < field.sinceMinor() && field.isIn(manifest)) {
				return abort("%s does not know %s.%s, which came with 1.%d".formatted(this.version, field.parent(),
						field.name(), field.sinceMinor()));
			}
		}
		if (this.minor < SLEEP_ACTION_SINCE) {
			sleepByExec(manifest);
		}
		manifest.put("apiVersion",
				apiVersion(Objects.toString(manifest.get("apiVersion")), Objects.toString(manifest.get("kind"))));
		return manifest;
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
			return abort("%s serves no %s of %s".formatted(this.version, kind, apiVersion));
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

	private record NewField(String parent, String name, int sinceMinor) {

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

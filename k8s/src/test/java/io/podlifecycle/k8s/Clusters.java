package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import org.testcontainers.DockerClientFactory;

/**
 * Chooses the cluster: the one of a kubeconfig, if one is named, else k3s in Docker.
 * Every setting is a system property ({@code image.command}) or an environment variable
 * ({@code POD_LIFECYCLE_IMAGE_COMMAND}).
 */
final class Clusters {

	private static final String DEFAULT_K3S_IMAGE = "rancher/k3s:v1.36.2-k3s1";

	private Clusters() {
	}

	/**
	 * Says why there is no cluster.
	 * @return the reason, or empty if there is a cluster
	 */
	static Optional<String> reasonForNone() {
		if (setting("kubeconfig").isPresent() || DockerClientFactory.instance().isDockerAvailable()) {
			return Optional.empty();
		}
		return Optional.of("There is no cluster: neither is a kubeconfig named (-Dkubeconfig=FILE or "
				+ "POD_LIFECYCLE_KUBECONFIG) nor does Docker answer");
	}

	static Cluster open() throws Exception {
		Optional<String> kubeconfig = setting("kubeconfig");
		Optional<String> lagCommand = setting("proxy.lag.command");
		if (kubeconfig.isPresent()) {
			return new KubeconfigCluster(Path.of(kubeconfig.get()), setting("image.command"), lagCommand);
		}
		String image = setting("k3s.image").or(() -> Optional.ofNullable(System.getenv("K3S_IMAGE")))
			.orElse(DEFAULT_K3S_IMAGE);
		return K3sCluster.start(image, lagCommand);
	}

	private static Optional<String> setting(String name) {
		String variable = "POD_LIFECYCLE_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
		return Optional.ofNullable(System.getProperty(name, System.getenv(variable)))
			.filter((value) -> !value.isBlank());
	}

}

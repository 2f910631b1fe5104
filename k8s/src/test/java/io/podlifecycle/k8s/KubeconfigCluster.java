package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/**
 * Somebody's cluster. How images get there, and how its nodes are made to learn late, is
 * for commands to say.
 */
final class KubeconfigCluster extends Cluster {

	private final Optional<String> imageCommand;

	private final Optional<String> lagCommand;

	KubeconfigCluster(Path kubeconfig, Optional<String> imageCommand, Optional<String> lagCommand) {
		super(new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build());
		this.imageCommand = imageCommand;
		this.lagCommand = lagCommand;
		lag(String.valueOf(ENDPOINT_LAG.toSeconds()));
	}

	@Override
	protected void build(String name, Path context) {
		String command = this.imageCommand
			.orElseThrow(() -> new IllegalStateException("The cluster of a kubeconfig needs "
					+ "-Dimage.command='...' to build the image {image} of the directory {context} and load it"));
		Command.run(command, Map.of("image", name, "context", context.toString()));
	}

	@Override
	public void close() {
		try {
			lag("off");
		}
		finally {
			super.close();
		}
	}

	private void lag(String seconds) {
		this.lagCommand.ifPresent((command) -> Command.run(command, Map.of("seconds", seconds)));
	}

}

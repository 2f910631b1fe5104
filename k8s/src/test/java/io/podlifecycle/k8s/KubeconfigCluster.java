package io.podlifecycle.k8s;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

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
		run(command.replace("{image}", name).replace("{context}", context.toString()));
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
		this.lagCommand.ifPresent((command) -> run(command.replace("{seconds}", seconds)));
	}

	private static void run(String command) {
		try {
			File log = File.createTempFile("command", ".log", new File("target"));
			Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true)
				.redirectInput(new File("/dev/null"))
				.redirectOutput(log)
				.start();
			if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
				process.destroy();
				throw new IllegalStateException("This failed, see " + log + ": " + command);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted: " + command, ex);
		}
	}

}

package io.podlifecycle.k8s;

import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * k3s in a container, for as long as the tests run.
 */
final class K3sCluster extends Cluster {

	private final K3sContainer k3s;

	private K3sCluster(K3sContainer k3s) {
		super(new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(k3s.getKubeConfigYaml())).build());
		this.k3s = k3s;
	}

	@SuppressWarnings("resource") // closed with the cluster
	static K3sCluster start(String image, Optional<String> lagCommand) {
		K3sContainer k3s = new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
		k3s.withStartupTimeout(Duration.ofMinutes(3));
		// kube-proxy writes a new pod's rule at once, and the leaving pod's only after
		// the rest of this period.
		k3s.withCommand("server", "--disable=traefik", "--tls-san=" + k3s.getHost(),
				"--kube-proxy-arg=iptables-min-sync-period=" + ENDPOINT_LAG.toSeconds() + "s");
		try {
			k3s.start();
			lagCommand.ifPresent((command) -> Command.run(command,
					Map.of("container", k3s.getContainerId(), "seconds", String.valueOf(ENDPOINT_LAG.toSeconds()))));
			return new K3sCluster(k3s);
		}
		catch (RuntimeException ex) {
			k3s.stop();
			throw ex;
		}
	}

	@Override
	protected void build(String name, Path context) throws Exception {
		Path archive = Files.createTempFile(Path.of("target"), "image", ".tar");
		try {
			save(name, context, archive);
			this.k3s.copyFileToContainer(MountableFile.forHostPath(archive), "/tmp/image.tar");
			ExecResult result = this.k3s.execInContainer("ctr", "images", "import", "/tmp/image.tar");
			if (result.getExitCode() != 0) {
				throw new IllegalStateException("ctr images import: " + result);
			}
		}
		finally {
			Files.delete(archive);
		}
	}

	/**
	 * The name belongs to all who use this Docker: another build on this machine must not
	 * give it to its own image in between.
	 */
	private static void save(String name, Path context, Path archive) throws Exception {
		Path lockFile = Path.of(System.getProperty("java.io.tmpdir"),
				"pod-lifecycle-images-of-" + System.getProperty("user.name"));
		DockerClient docker = DockerClientFactory.instance().client();
		try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			FileLock lock = channel.lock();
			docker.buildImageCmd()
				.withDockerfile(context.resolve("Dockerfile").toFile())
				.withBaseDirectory(context.toFile())
				.withTags(Set.of(name))
				.exec(new BuildImageResultCallback())
				.awaitImageId();
			try (InputStream image = docker.saveImageCmd(name).exec()) {
				Files.copy(image, archive, StandardCopyOption.REPLACE_EXISTING);
			}
			finally {
				lock.release();
			}
		}
	}

	@Override
	public void close() {
		try {
			super.close();
		}
		finally {
			this.k3s.stop();
		}
	}

}

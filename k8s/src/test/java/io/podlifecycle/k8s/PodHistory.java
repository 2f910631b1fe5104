package io.podlifecycle.k8s;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the pods of a namespace: how each ended, and what it logged. The API server
 * forgets both with the pod.
 */
final class PodHistory implements ResourceEventHandler<Pod>, AutoCloseable {

	private final KubernetesClient client;

	private final String namespace;

	private final Path logs;

	private final Set<String> followed = ConcurrentHashMap.newKeySet();

	private final Map<String, Instant> deletions = new ConcurrentHashMap<>();

	private final Map<String, Instant> lastWords = new ConcurrentHashMap<>();

	private final Map<String, PodEnd> ends = new ConcurrentHashMap<>();

	private final ExecutorService followers = Executors.newCachedThreadPool();

	private final SharedIndexInformer<Pod> informer;

	private PodHistory(KubernetesClient client, String namespace, Path logs) {
		this.client = client;
		this.namespace = namespace;
		this.logs = logs;
		this.informer = client.pods().inNamespace(namespace).runnableInformer(0);
	}

	static PodHistory of(KubernetesClient client, String namespace) throws IOException {
		Path logs = Files.createDirectories(Path.of("target", "cluster-logs", namespace));
		PodHistory history = new PodHistory(client, namespace, logs);
		history.informer.addEventHandler(history).run();
		return history;
	}

	/**
	 * Returns how the pods of an application ended that were deleted.
	 * @param application the value of their label {@code app.kubernetes.io/name}
	 * @return their ends
	 */
	List<PodEnd> ends(String application) {
		return this.ends.values().stream().filter((end) -> end.application().equals(application)).toList();
	}

	/**
	 * Waits for the end of a deleted pod.
	 * @param application the value of its label {@code app.kubernetes.io/name}
	 * @return its end
	 * @throws InterruptedException if interrupted
	 */
	PodEnd awaitEnd(String application) throws InterruptedException {
		return await(() -> ends(application).stream().findFirst().orElse(null), "end of " + application);
	}

	/**
	 * Waits for the ends of deleted pods.
	 * @param pods the pods
	 * @return their ends
	 * @throws InterruptedException if interrupted
	 */
	List<PodEnd> awaitEnds(List<Pod> pods) throws InterruptedException {
		List<PodEnd> result = new ArrayList<>();
		for (Pod pod : pods) {
			String name = pod.getMetadata().getName();
			result.add(await(() -> this.ends.get(name), "end of " + name));
		}
		return result;
	}

	/**
	 * Returns the log of the first run of a container, which stays when its pod has
	 * terminated.
	 * @param pod the pod
	 * @param container the name of the container
	 * @return its lines
	 * @throws IOException if there is none
	 */
	List<String> log(Pod pod, String container) throws IOException {
		return log(pod, container, 0);
	}

	List<String> log(Pod pod, String container, int restarts) throws IOException {
		return log(pod.getMetadata().getName(), container, restarts);
	}

	/**
	 * Returns the log of the first run of the container that bears the name of its
	 * application.
	 * @param end the end of its pod
	 * @return its lines
	 * @throws IOException if there is none
	 */
	List<String> log(PodEnd end) throws IOException {
		return log(end.pod(), end.application(), 0);
	}

	private List<String> log(String pod, String container, int restarts) throws IOException {
		return Files.readAllLines(this.logs.resolve(logName(pod, container, restarts)));
	}

	/**
	 * Waits for the end of the first run of a container, as far as its log tells.
	 * @param pod the pod
	 * @param container the name of the container
	 * @return when it ended
	 * @throws InterruptedException if interrupted
	 */
	Instant awaitLastLogLine(Pod pod, String container) throws InterruptedException {
		String log = logName(pod.getMetadata().getName(), container, 0);
		return await(() -> this.lastWords.get(log), "end of " + log);
	}

	private static <T> T await(Supplier<@Nullable T> source, String what) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
		while (System.nanoTime() < deadline) {
			@Nullable T value = source.get();
			if (value != null) {
				return value;
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
		throw new IllegalStateException("There is no " + what);
	}

	@Override
	public void onAdd(Pod pod) {
		remember(pod);
	}

	@Override
	public void onUpdate(Pod old, Pod pod) {
		remember(pod);
	}

	@Override
	public void onDelete(Pod pod, boolean stateUnknown) {
		remember(pod);
		endUntold(pod);
	}

	private void endUntold(Pod pod) {
		// Now and then the pod goes before its last status comes; then its log has to
		// tell.
		String name = pod.getMetadata().getName();
		Instant deleted = this.deletions.getOrDefault(name, Instant.now());
		Duration took = Duration.between(deleted, this.lastWords.getOrDefault(name, Instant.now()));
		this.ends.putIfAbsent(name, new PodEnd(name, PodEnd.application(pod), took, null, null));
	}

	private void remember(Pod pod) {
		String name = pod.getMetadata().getName();
		if (pod.getMetadata().getDeletionTimestamp() != null) {
			this.deletions.putIfAbsent(name, deletedAt(pod));
		}
		PodStatus status = pod.getStatus();
		Stream.concat(status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
			.filter((container) -> container.getState().getRunning() != null
					|| container.getState().getTerminated() != null)
			.forEach((container) -> follow(pod, container));
		if (pod.getMetadata().getDeletionTimestamp() != null) {
			status.getContainerStatuses()
				.stream()
				.filter((container) -> status.getContainerStatuses().size() == 1
						|| container.getName().equals(PodEnd.application(pod)))
				.forEach((container) -> end(pod, container));
		}
	}

	/**
	 * Returns when a pod was deleted, if it is seen for the first time since: when its
	 * containers have ended, the kubelet deletes it again, without any grace.
	 */
	static Instant deletedAt(Pod pod) {
		@Nullable Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
		// The timestamp says when the grace period is over, not when it began.
		return Instant.parse(pod.getMetadata().getDeletionTimestamp()).minusSeconds((grace != null) ? grace : 0);
	}

	private void end(Pod pod, ContainerStatus container) {
		@Nullable ContainerStateTerminated terminated = container.getState().getTerminated();
		if (terminated != null) {
			String name = pod.getMetadata().getName();
			this.ends.put(name, PodEnd.of(pod, this.deletions.getOrDefault(name, deletedAt(pod)), terminated));
		}
		else if (container.getState().getWaiting() != null && container.getRestartCount() == 0
				&& this.followed.contains(logName(pod.getMetadata().getName(), container.getName(), 0))) {
			// The container has been cleared away before anybody looked.
			endUntold(pod);
		}
	}

	private void follow(Pod pod, ContainerStatus container) {
		String name = pod.getMetadata().getName();
		String log = logName(name, container.getName(), container.getRestartCount());
		if (this.followed.add(log)) {
			this.followers.execute(() -> follow(name, container.getName(), log));
		}
	}

	private static String logName(String pod, String container, int restarts) {
		return pod + "." + container + ((restarts > 0) ? "." + restarts : "") + ".log";
	}

	private void follow(String pod, String container, String name) {
		try (OutputStream file = Files.newOutputStream(this.logs.resolve(name));
				var log = this.client.pods()
					.inNamespace(this.namespace)
					.withName(pod)
					.inContainer(container)
					.watchLog()) {
			log.getOutput().transferTo(file);
			this.lastWords.put(pod, Instant.now());
			this.lastWords.put(name, Instant.now());
		}
		catch (ClosedByInterruptException ex) {
			Thread.currentThread().interrupt(); // the test is over
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void printLogs(int lines) {
		try (Stream<Path> files = Files.list(this.logs)) {
			for (Path file : files.sorted().toList()) {
				List<String> log = Files.readAllLines(file);
				System.out.println("---- the end of " + file);
				log.subList(Math.max(0, log.size() - lines), log.size()).forEach(System.out::println);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.informer.close();
		this.followers.shutdownNow();
	}

	/**
	 * How a deleted pod ended.
	 *
	 * @param pod its name
	 * @param application its label
	 * @param took from the deletion to the end of the container, to about a second
	 * @param exitCode the exit code, if the cluster told: 143 is what SIGTERM makes, 137
	 * what SIGKILL makes
	 * @param message the termination message, if the cluster told
	 */
	record PodEnd(String pod, String application, Duration took, @Nullable Integer exitCode, @Nullable String message) {

		static PodEnd of(Pod pod, Instant deleted, ContainerStateTerminated terminated) {
			Duration took = Duration.between(deleted, Instant.parse(terminated.getFinishedAt()));
			return new PodEnd(pod.getMetadata().getName(), application(pod), took, terminated.getExitCode(),
					terminated.getMessage());
		}

		static String application(Pod pod) {
			return pod.getMetadata().getLabels().getOrDefault("app.kubernetes.io/name", "");
		}

	}

}

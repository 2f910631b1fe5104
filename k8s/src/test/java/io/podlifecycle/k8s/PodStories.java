package io.podlifecycle.k8s;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the pods of a namespace with one container each, in order, as the API
 * told it.
 */
final class PodStories implements AutoCloseable {

	private final Map<String, Story> stories = new HashMap<>();

	private final Map<String, Set<String>> endpoints = new HashMap<>();

	private final SharedIndexInformer<Pod> podInformer;

	private final SharedIndexInformer<Endpoints> endpointsInformer;

	PodStories(KubernetesClient client, String namespace) {
		this.podInformer = client.pods().inNamespace(namespace).runnableInformer(0);
		this.podInformer.addEventHandler(handler(this::look)).run();
		this.endpointsInformer = client.endpoints().inNamespace(namespace).runnableInformer(0);
		this.endpointsInformer.addEventHandler(handler(this::look)).run();
	}

	private static <T> ResourceEventHandler<T> handler(Consumer<T> look) {
		return new ResourceEventHandler<>() {

			@Override
			public void onAdd(T resource) {
				look.accept(resource);
			}

			@Override
			public void onUpdate(T old, T resource) {
				look.accept(resource);
			}

			@Override
			public void onDelete(T resource, boolean stateUnknown) {
				look.accept(resource);
			}

		};
	}

	/**
	 * Returns what happened to a pod so far.
	 * @param pod its name
	 * @return the events
	 */
	synchronized List<String> of(String pod) {
		return story(pod).events();
	}

	private Story story(String pod) {
		return this.stories.computeIfAbsent(pod, (name) -> new Story());
	}

	private synchronized void look(Pod pod) {
		Story story = story(pod.getMetadata().getName());
		List<ContainerStatus> containers = pod.getStatus().getContainerStatuses();
		@Nullable ContainerStatus container = (containers.size() == 1) ? containers.get(0) : null;
		if (container != null && Boolean.TRUE.equals(container.getStarted())) {
			story.tell(Story.STARTED);
		}
		boolean ready = pod.getStatus()
			.getConditions()
			.stream()
			.anyMatch((condition) -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
		if (ready) {
			story.tell(Story.READY);
		}
		if (pod.getMetadata().getDeletionTimestamp() != null) {
			story.tell(Story.DELETED);
		}
		if (container != null && container.getState().getTerminated() != null) {
			story.tell(Story.exited(container.getState().getTerminated().getExitCode()));
		}
	}

	private synchronized void look(Endpoints service) {
		Set<String> now = service.getSubsets()
			.stream()
			.flatMap((subset) -> subset.getAddresses().stream())
			.filter((address) -> address.getTargetRef() != null)
			.map((address) -> address.getTargetRef().getName())
			.collect(Collectors.toSet());
		Set<String> before = this.endpoints.getOrDefault(service.getMetadata().getName(), Set.of());
		this.endpoints.put(service.getMetadata().getName(), now);
		now.stream().filter((pod) -> !before.contains(pod)).forEach((pod) -> story(pod).tell(Story.ADDED));
		before.stream().filter((pod) -> !now.contains(pod)).forEach((pod) -> story(pod).tell(Story.REMOVED));
	}

	@Override
	public void close() {
		this.podInformer.close();
		this.endpointsInformer.close();
	}

	/**
	 * The story of one pod: what happened to it, each at its first time.
	 */
	static final class Story {

		static final String STARTED = "started";

		static final String READY = "ready";

		static final String ADDED = "endpoint added";

		static final String DELETED = "deleted";

		static final String REMOVED = "endpoint removed";

		private final List<String> events = new ArrayList<>();

		static String exited(int code) {
			return "exited with " + code;
		}

		void tell(String event) {
			if (!this.events.contains(event)) {
				this.events.add(event);
				causeFirst(READY, ADDED);
				causeFirst(DELETED, REMOVED);
			}
		}

		/**
		 * Two sources tell of a cause and its effect, each in order, and one can be late.
		 */
		private void causeFirst(String cause, String effect) {
			if (this.events.indexOf(cause) > this.events.indexOf(effect) && this.events.remove(effect)) {
				this.events.add(this.events.indexOf(cause) + 1, effect);
			}
		}

		List<String> events() {
			return List.copyOf(this.events);
		}

	}

}

package io.podlifecycle.k8s;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.podlifecycle.k8s.PodStories.Story;
import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.pod.Probe;
import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.rollout.Rollout;

/**
 * The rolling update of a single replica with surge, rehearsed on this machine.
 */
final class RehearsedUpdate {

	private static final Duration LAG = Duration.ofSeconds(3);

	private static final Map<PodEvent.Kind, String> TOLD = Map.of(PodEvent.Kind.STARTUP_SUCCEEDED, Story.STARTED,
			PodEvent.Kind.READY, Story.READY, PodEvent.Kind.DELETED, Story.DELETED);

	private final Rollout rollout;

	private RehearsedUpdate(Rollout rollout) {
		this.rollout = rollout;
	}

	static RehearsedUpdate of(Map<String, String> environment) {
		PodSpec.Builder pod = PodSpec.jar(Path.of("..", "sample-app", "target", "sample-app.jar"))
			.jvmOption("-XX:TieredStopAtLevel=1")
			.environment("SPRING_PROFILES_ACTIVE", "server")
			.environment("SERVER_HTTP2_ENABLED", "true")
			.environment("POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD", String.valueOf(ServedApplication.GRACE))
			.startup(probe("/actuator/health/liveness", 300))
			.readiness(probe("/actuator/health/readiness", 2))
			.gracePeriod(Duration.ofSeconds(ServedApplication.GRACE));
		environment.forEach(pod::environment);
		try (Rehearsal rehearsal = Rehearsal.of(pod.build())) {
			return new RehearsedUpdate(rehearsal.replicas(1)
				.maxSurge(1)
				.maxUnavailable(0)
				.lag(LAG)
				.path("/hello")
				.load(RehearsedUpdate::clients)
				.rollingUpdate());
		}
	}

	/** With the timeout of the manifests. */
	private static Probe probe(String path, int failures) {
		return Probe.httpGet(path)
			.withPeriod(Duration.ofSeconds(1))
			.withTimeout(Duration.ofSeconds(2))
			.withFailureThreshold(failures);
	}

	private static void clients(Load.Builder load) {
		Duration pause = Duration.ofMillis(300);
		// The pods of other tests may use all processors, and a new pod answers late. A
		// lost request fails all the same.
		load.timeout(Duration.ofSeconds(20))
			.keepAliveClients(4, pause)
			.freshClients(2, Duration.ofMillis(50))
			.sseClients(3, "/fortunes", pause)
			.webSocketClients(3, "/fortunes/socket", pause)
			.http2()
			.keepAliveClients(4, pause);
	}

	Rollout rollout() {
		return this.rollout;
	}

	/**
	 * Returns what happened to the pod that was replaced.
	 * @return the events
	 */
	List<String> storyOfTheOldPod() {
		PodLife pod = this.rollout.pods().get(0);
		List<PodEvent> events = new ArrayList<>(pod.events());
		events.sort(Comparator.comparing(PodEvent::at));
		List<Timed> timed = new ArrayList<>();
		for (PodEvent event : events) {
			if (event.kind() == PodEvent.Kind.EXITED && pod.exitCode() != null) {
				timed.add(new Timed(event.at(), Story.exited(pod.exitCode())));
			}
			else if (TOLD.containsKey(event.kind())) {
				timed.add(new Timed(event.at(), TOLD.get(event.kind())));
			}
		}
		boolean there = false;
		for (EndpointChange change : this.rollout.endpoints()) {
			if (change.pods().contains(pod.name()) != there) {
				there = !there;
				// The cluster tells when the endpoints change, not when nodes have heard.
				timed.add(new Timed(change.at().minus(LAG), there ? Story.ADDED : Story.REMOVED));
			}
		}
		timed.sort(Comparator.comparing(Timed::at));
		Story story = new Story();
		timed.forEach((event) -> story.tell(event.event()));
		return story.events();
	}

	@Override
	public String toString() {
		return "failed: %d of %d %s; the old pod: %s".formatted(this.rollout.load().failed(),
				this.rollout.load().requests(), this.rollout.load().clients(), storyOfTheOldPod());
	}

	private record Timed(Duration at, String event) {
	}

}

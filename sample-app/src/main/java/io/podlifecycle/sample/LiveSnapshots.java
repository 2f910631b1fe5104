package io.podlifecycle.sample;

import java.util.List;
import java.util.Map;

import io.podlifecycle.actuate.PodLifecycleEndpoint;
import io.podlifecycle.actuate.PodLifecycleEndpoint.LifecycleDescriptor;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.boot.startup.StartupWait;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.work.ObservedWork;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.stereotype.Component;

/**
 * Puts together what the live page shows. The beans of the library are looked up, since
 * with {@code pod-lifecycle.enabled=false} there are none.
 */
@Component
class LiveSnapshots {

	private final String pod;

	private final ApplicationAvailability availability;

	private final ObjectProvider<StartTimeline> timeline;

	private final ObjectProvider<StartupWait> wait;

	private final ObjectProvider<MissingDependencies> missing;

	private final @Nullable PodLifecycleEndpoint lifecycle;

	LiveSnapshots(@Value("${HOSTNAME:localhost}") String pod, ApplicationAvailability availability,
			ObjectProvider<StartTimeline> timeline, ObjectProvider<StartupWait> wait,
			ObjectProvider<MissingDependencies> missing, ObjectProvider<SupervisedApplication> application,
			ObjectProvider<GracefulShutdown> shutdown, ObjectProvider<ShutdownSettings> settings,
			ObjectProvider<ObservedWork> work, ObjectProvider<Participants> participants) {
		this.pod = pod;
		this.availability = availability;
		this.timeline = timeline;
		this.wait = wait;
		this.missing = missing;
		GracefulShutdown present = shutdown.getIfAvailable();
		this.lifecycle = (present != null) ? new PodLifecycleEndpoint(application.getObject(), present,
				settings.getObject().budget(), work.getObject(), participants.getObject(), this::missing) : null;
	}

	private List<DependencyOutcome> missing() {
		return this.missing.stream().flatMap((some) -> some.missing().stream()).toList();
	}

	Snapshot snapshot() {
		List<Waited> dependencies = this.wait.stream()
			.flatMap((some) -> some.outcomes().stream())
			.map(LiveSnapshots::describe)
			.toList();
		Map<String, Long> milestones = this.timeline.stream()
			.findFirst()
			.map(StartTimeline::milestones)
			.orElseGet(Map::of);
		return new Snapshot(this.pod, this.availability.getReadinessState().toString(), milestones, dependencies,
				(this.lifecycle != null) ? this.lifecycle.lifecycle() : null);
	}

	private static Waited describe(DependencyOutcome outcome) {
		return new Waited(outcome.dependency().toString(), outcome.isAnswered(), outcome.elapsed().toMillis(),
				outcome.attempts(), outcome.lastError());
	}

	/**
	 * All that the page shows.
	 *
	 * @param pod the name of the pod
	 * @param readiness what the readiness probe is answered
	 * @param milestones when the start reached what, in milliseconds since 1970
	 * @param dependencies what the start has waited for
	 * @param lifecycle what the library knows, or {@code null} if it is switched off
	 */
	record Snapshot(String pod, String readiness, Map<String, Long> milestones, List<Waited> dependencies,
			@Nullable LifecycleDescriptor lifecycle) {
	}

	/**
	 * A dependency that the start has waited for.
	 *
	 * @param name its name and address
	 * @param answered whether it has answered
	 * @param elapsed after how many milliseconds
	 * @param tries how often it was tried
	 * @param lastError what the last try before that has found
	 */
	record Waited(String name, boolean answered, long elapsed, int tries, String lastError) {
	}

}

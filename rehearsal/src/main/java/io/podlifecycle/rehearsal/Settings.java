package io.podlifecycle.rehearsal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.pod.PodSpec;

/**
 * What a rehearsal is made with. Immutable.
 *
 * @param pod what runs in each pod
 * @param replicas how many pods there are
 * @param maxSurge how many more there may be during an update
 * @param maxUnavailable how many may be missing during an update
 * @param minLag the shortest time that a change of the endpoints takes to have effect
 * @param maxLag the longest such time
 * @param seed where the random lags come from
 * @param servicePort the port of the Service, 0 for a free one
 * @param path what the clients ask for
 * @param load the clients
 * @param startTimeout how long a pod may take to become ready
 * @param calm how long the clients go on before and after what is rehearsed
 * @param notes what the caller adds for people
 * @param listener who is told
 */
record Settings(PodSpec pod, int replicas, int maxSurge, int maxUnavailable, Duration minLag, Duration maxLag,
		long seed, int servicePort, String path, Consumer<Load.Builder> load, Duration startTimeout, Duration calm,
		Map<String, String> notes, RehearsalListener listener) {

	Map<String, String> describe() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("application", this.pod.application());
		settings.put("replicas", String.valueOf(this.replicas));
		settings.put("maxSurge", String.valueOf(this.maxSurge));
		settings.put("maxUnavailable", String.valueOf(this.maxUnavailable));
		settings.put("lag", this.minLag.equals(this.maxLag) ? text(this.minLag)
				: text(this.minLag) + " to " + text(this.maxLag) + " at random, seed " + this.seed);
		settings.put("grace period", text(this.pod.gracePeriod()));
		this.pod.preStop().ifPresent((hook) -> settings.put("preStop", hook.toString()));
		this.pod.startup().ifPresent((probe) -> settings.put("startup probe", probe.path()));
		this.pod.readiness().ifPresent((probe) -> settings.put("readiness probe", probe.path()));
		this.pod.liveness().ifPresent((probe) -> settings.put("liveness probe", probe.path()));
		settings.put("path", this.path);
		settings.putAll(this.notes);
		return settings;
	}

	static String text(Duration duration) {
		long millis = duration.toMillis();
		return (millis % 1_000 == 0) ? millis / 1_000 + " s" : millis + " ms";
	}

}

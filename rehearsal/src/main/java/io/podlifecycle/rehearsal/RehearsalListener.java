package io.podlifecycle.rehearsal;

import io.podlifecycle.rehearsal.rollout.EndpointChange;
import io.podlifecycle.rehearsal.rollout.PodEvent;

/**
 * Is told how a rehearsal goes on. Called by several threads; the methods must be quick
 * and not throw.
 *
 * @since 0.1.0
 */
public interface RehearsalListener {

	/**
	 * Something happened to a pod.
	 * @param pod the name of the pod
	 * @param event what
	 */
	default void podEvent(String pod, PodEvent event) {
	}

	/**
	 * A change of the endpoints took effect.
	 * @param change the change
	 */
	default void endpointsChanged(EndpointChange change) {
	}

	/**
	 * Tells how far the rehearsal is, several times a second.
	 * @param progress how far it is
	 */
	default void progress(Progress progress) {
	}

}

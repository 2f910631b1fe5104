package io.podlifecycle.shutdown;

import io.podlifecycle.Internal;

/**
 * When an application refuses readiness in its shutdown.
 *
 * @since 0.1.0
 */
@Internal
public enum RefuseReadiness {

	/**
	 * At once.
	 */
	IMMEDIATELY,

	/**
	 * After the propagation delay. With one replica kube-proxy falls back to endpoints
	 * that are terminating but ready, which an immediate refusal would give away
	 * (<a href=
	 * "https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/1669-proxy-terminating-endpoints">KEP-1669</a>).
	 */
	AFTER_PROPAGATION,

	/**
	 * Not before the application context closes and Spring Boot does so itself.
	 */
	NEVER

}

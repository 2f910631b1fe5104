package io.podlifecycle.actuate;

import io.podlifecycle.shutdown.SupervisedApplication;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * What a pod's {@code lifecycle.preStop.httpGet} asks. It begins the shutdown and answers
 * when clients have learned of it, so that the kubelet's SIGTERM follows at once.
 * <p>
 * It is a read operation, although it changes a lot, because the kubelet can only send
 * GET. Whoever can call it can end the application; by default nobody can.
 *
 * @since 0.1.0
 */
@Endpoint(id = "prestop", defaultAccess = Access.NONE)
class PreStopEndpoint {

	private final SupervisedApplication application;

	/**
	 * Create the endpoint.
	 * @param application the application to shut down
	 */
	public PreStopEndpoint(SupervisedApplication application) {
		this.application = application;
	}

	/**
	 * Begin the shutdown, and wait until clients have learned of it.
	 * @return that they have
	 */
	@ReadOperation
	public PreStopDescriptor preStop() {
		this.application.preStop();
		return new PreStopDescriptor("propagated");
	}

	/**
	 * The answer to a preStop hook. The kubelet does not read it; people do.
	 *
	 * @param state how far the shutdown is
	 */
	public record PreStopDescriptor(String state) {
	}

}

package io.podlifecycle.actuate;

import io.podlifecycle.context.ShutdownDoors;

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
public class PreStopEndpoint {

	private final ShutdownDoors doors;

	/**
	 * Create the endpoint.
	 * @param doors where the shutdown begins
	 */
	public PreStopEndpoint(ShutdownDoors doors) {
		this.doors = doors;
	}

	/**
	 * Begin the shutdown, and wait until clients have learned of it.
	 * @return that they have
	 */
	@ReadOperation
	public PreStopDescriptor preStop() {
		this.doors.preStop();
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

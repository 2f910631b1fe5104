package io.podlifecycle.drain;

/**
 * Where an application is on its way out. The order is that of the life cycle.
 *
 * @since 0.1.0
 */
public enum ShutdownState {

	/**
	 * It serves; shutdown has not begun.
	 */
	SERVING,

	/**
	 * It asks for no more, and serves what arrives until clients have learned of it.
	 */
	QUIESCING,

	/**
	 * It lets in-flight work finish, and still serves what arrives.
	 */
	DRAINING,

	/**
	 * It has drained; its context may close.
	 */
	DRAINED

}

package io.podlifecycle.rehearsal.pod;

import java.time.Duration;
import java.util.List;

/**
 * What is done before a process is sent SIGTERM. Its time comes out of the grace period.
 * Immutable.
 *
 * @since 0.1.0
 */
public sealed interface PreStop {

	/**
	 * Waits.
	 * @param duration how long, zero or more
	 * @return the hook
	 */
	static PreStop sleep(Duration duration) {
		return new Sleep(duration);
	}

	/**
	 * Runs a command, without a shell, in the environment of the pod.
	 * @param command the command and its arguments; {@code {port}} is replaced
	 * @return the hook
	 */
	static PreStop exec(String... command) {
		return new Exec(List.of(command));
	}

	/**
	 * Sends a GET to the main port of the pod. Its status does not matter.
	 * @param path the path with its leading slash
	 * @return the hook
	 */
	static PreStop httpGet(String path) {
		return new HttpGet(path, "");
	}

	/**
	 * Sends a GET to a port of the pod. Its status does not matter.
	 * @param path the path with its leading slash
	 * @param port the name of the port, see {@link PodSpec}
	 * @return the hook
	 */
	static PreStop httpGet(String path, String port) {
		return new HttpGet(path, port);
	}

	/**
	 * A {@code sleep} hook.
	 *
	 * @param duration how long
	 * @since 0.1.0
	 */
	record Sleep(Duration duration) implements PreStop {

		@Override
		public String toString() {
			return "sleep " + this.duration.toMillis() + " ms";
		}

	}

	/**
	 * An {@code exec} hook.
	 *
	 * @param command the command and its arguments
	 * @since 0.1.0
	 */
	record Exec(List<String> command) implements PreStop {

		/**
		 * Copies the command.
		 * @throws IllegalArgumentException if it is empty
		 */
		public Exec {
			command = List.copyOf(command);
			if (command.isEmpty()) {
				throw new IllegalArgumentException("The command of a preStop hook is empty");
			}
		}

		@Override
		public String toString() {
			return "exec " + String.join(" ", this.command);
		}

	}

	/**
	 * An {@code httpGet} hook.
	 *
	 * @param path the path with its leading slash
	 * @param port the name of the port; empty for the main port
	 * @since 0.1.0
	 */
	record HttpGet(String path, String port) implements PreStop {

		@Override
		public String toString() {
			return "GET " + this.path;
		}

	}

}

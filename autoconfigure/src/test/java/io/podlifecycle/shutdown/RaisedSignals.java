package io.podlifecycle.shutdown;

import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor to which tests raise signals.
 */
public final class RaisedSignals {

	private final RecordingSignalTable table = new RecordingSignalTable();

	private final ShutdownSupervisor supervisor = new ShutdownSupervisor(this.table, Ticker.system());

	/**
	 * Return the supervisor.
	 * @return a supervisor that is not the JVM's
	 */
	public ShutdownSupervisor supervisor() {
		return this.supervisor;
	}

	/**
	 * Raise SIGTERM, and wait until it is forwarded.
	 * @return the exit code of a process that the forwarded signal ends
	 */
	public int terminate() {
		try {
			this.table.raise(Trigger.SIGTERM);
			this.table.forwarded.await();
			@Nullable Trigger signal = this.table.signal;
			return (signal != null) ? signal.exitCode() : 0;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

package io.podlifecycle.earlyprobe;

import io.podlifecycle.boot.Orders;

import org.springframework.context.SmartLifecycle;

/**
 * Closes an early probe server when the web server that takes over its port is about to
 * start: in the phase before that server's.
 */
final class EarlyProbeHandover implements SmartLifecycle {

	private final EarlyProbeServer room;

	private final int phase;

	private volatile boolean open = true;

	EarlyProbeHandover(EarlyProbeServer room, int phaseOfServer) {
		this.room = room;
		this.phase = phaseOfServer - Orders.HANDOVER_BEFORE_SERVER;
	}

	@Override
	public void start() {
		close();
	}

	/** Also when the application fails to start. */
	void close() {
		if (this.open) {
			this.open = false;
			this.room.close();
		}
	}

	@Override
	public void stop() {
		// It is not running any more.
	}

	@Override
	public boolean isRunning() {
		return !this.open;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}

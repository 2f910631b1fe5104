package io.podlifecycle.boot.shutdown;

import io.podlifecycle.boot.Orders;

import org.springframework.context.SmartLifecycle;

/**
 * Refuses to be started once the start of an application is cancelled, just before its
 * web server would be: a port that is opened then would have to be closed at once.
 */
final class WebServerStartRefusal implements SmartLifecycle {

	private final ApplicationSupervision supervision;

	private volatile boolean running;

	WebServerStartRefusal(ApplicationSupervision supervision) {
		this.supervision = supervision;
	}

	@Override
	public void start() {
		this.supervision.refuseIfStartIsCancelled(() -> "the web server is not started");
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Orders.WEB_SERVER_START_REFUSAL_PHASE;
	}

}

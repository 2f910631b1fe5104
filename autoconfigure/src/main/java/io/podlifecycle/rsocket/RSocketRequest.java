package io.podlifecycle.rsocket;

import io.podlifecycle.work.Work;

/**
 * A request in flight, served by changing threads. Its route, part of its metadata, may
 * hold what clients have sent.
 */
final class RSocketRequest extends Work {

	private final String description;

	RSocketRequest(String description) {
		this.description = description;
	}

	@Override
	protected String describe() {
		return this.description;
	}

	void started() {
		leaveThread();
	}

}

package io.podlifecycle.dependency;

import java.time.Duration;

/**
 * Keeps the secrets of a request out of what is found: what a driver says about its
 * failure may repeat them.
 */
final class RedactingProbe implements Probe {

	private final Redaction redaction;

	private final Probe probe;

	RedactingProbe(Redaction redaction, Probe probe) {
		this.redaction = redaction;
		this.probe = probe;
	}

	@Override
	public ProbeResult check(Duration timeLimit) throws InterruptedException {
		ProbeResult result = checkOnce(timeLimit);
		String detail = this.redaction.apply(result.detail());
		return detail.equals(result.detail()) ? result : new ProbeResult(result.status(), detail);
	}

	private ProbeResult checkOnce(Duration timeLimit) throws InterruptedException {
		try {
			return this.probe.check(timeLimit);
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception | LinkageError ex) {
			return ProbeResult.of(ex);
		}
	}

}

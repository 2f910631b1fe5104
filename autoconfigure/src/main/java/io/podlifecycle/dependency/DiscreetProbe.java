package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;

/**
 * Keeps the secrets of a request out of what is found: what a driver says about its
 * failure may repeat them.
 */
final class DiscreetProbe implements Probe {

	private final Probe probe;

	private final List<String> secrets;

	DiscreetProbe(ProbeRequest request, Probe probe) {
		this.probe = probe;
		this.secrets = request.secrets().toList();
	}

	@Override
	public ProbeResult check(Duration timeLimit) throws InterruptedException {
		ProbeResult result = checkOnce(timeLimit);
		String detail = Secrets.redact(result.detail());
		for (String secret : this.secrets) {
			detail = detail.replace(secret, "***");
		}
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

package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the secrets of a request out of what is found: what a driver says about its
 * failure may repeat them.
 */
final class RedactingProbe implements Probe {

	private static final Pattern SECRET_OPTION = Pattern
		.compile("(?i)password|passphrase|pwd|secret|token|authorization|cookie|jaas|credential|api[-_.]?key|[-.]key$");

	private final Probe probe;

	private final List<String> secrets;

	RedactingProbe(ProbeRequest request, Probe probe) {
		this.probe = probe;
		this.secrets = secrets(request);
	}

	private static List<String> secrets(ProbeRequest request) {
		Stream<String> ofOptions = request.options()
			.entrySet()
			.stream()
			.filter((option) -> SECRET_OPTION.matcher(option.getKey()).find())
			.map(Map.Entry::getValue)
			.flatMap((value) -> Stream.concat(Stream.of(value), Secrets.of(value)));
		return Stream
			.of(Stream.ofNullable(request.credentials().password()), Secrets.of(request.target().text()), ofOptions)
			.flatMap((secrets) -> secrets)
			.filter((secret) -> !secret.isEmpty())
			.toList();
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

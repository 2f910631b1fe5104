package io.podlifecycle.dependency;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * {@code http://} and {@code https://}: a request is answered with a status from 200 to
 * 399, or what the options say: {@code status}, {@code body}, {@code method},
 * {@code headers.<name>} and {@code follow-redirects}. User info in the URI becomes basic
 * authentication.
 */
final class HttpProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("http", "https");
	}

	@Override
	public Probe create(ProbeRequest request) {
		request.withoutOptionsBut(Stream
			.concat(Stream.of("status", "body", "method", "follow-redirects"),
					request.options().keySet().stream().filter((name) -> name.startsWith(HttpRequest.HEADER_PREFIX)))
			.toArray(String[]::new));
		if (request.target().scheme().equals("http")) {
			request.withoutTls();
		}
		HttpRequest first = HttpRequest.of(request);
		HttpStatuses statuses = HttpStatuses.of(request.options().getOrDefault("status", "200-399"));
		String body = request.options().get("body");
		boolean followRedirects = Boolean.parseBoolean(request.options().get("follow-redirects"));
		return new HttpProbe(first, statuses, (body != null) ? pattern(body) : null, followRedirects);
	}

	private static Pattern pattern(String text) {
		try {
			return Pattern.compile(text);
		}
		catch (PatternSyntaxException ex) {
			throw new IllegalArgumentException("its body is not a regular expression: " + ex.getDescription(), ex);
		}
	}

}

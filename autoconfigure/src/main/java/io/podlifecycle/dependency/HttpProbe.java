package io.podlifecycle.dependency;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;

import io.podlifecycle.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and judges its answer.
 * <p>
 * On a plain socket, since the JDK's clients do more than one try may do: both keep the
 * connection for later, and one repeats a request that got no answer (docs/adr/0004).
 */
final class HttpProbe implements Probe {

	private static final int MOST_REDIRECTS = 5;

	private final HttpRequest request;

	private final HttpStatuses statuses;

	private final @Nullable Pattern body;

	private final boolean followRedirects;

	HttpProbe(HttpRequest request, HttpStatuses statuses, @Nullable Pattern body, boolean followRedirects) {
		this.request = request;
		this.statuses = statuses;
		this.body = body;
		this.followRedirects = followRedirects;
	}

	@Override
	public ProbeResult check(Duration timeLimit) {
		Deadline deadline = Deadline.after(timeLimit);
		HttpRequest next = this.request;
		for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
			HttpRoute route = new HttpRoute(next);
			try (ProbeConnection connection = route.send(deadline)) {
				HttpAnswer answer = HttpAnswer.readHead(connection);
				if (!this.followRedirects || !isRedirect(answer)) {
					return route.describe(judge(next, answer, connection));
				}
				next = next.redirectedTo(answer.header("Location"));
			}
			catch (IOException ex) {
				return route.describe(ProbeResult.of(ex));
			}
		}
		return ProbeResult.notYet("more than " + MOST_REDIRECTS + " redirects");
	}

	private static boolean isRedirect(HttpAnswer answer) {
		return switch (answer.status()) {
			case 301, 302, 303, 307, 308 -> !answer.header("Location").isEmpty();
			default -> false;
		};
	}

	private ProbeResult judge(HttpRequest sent, HttpAnswer answer, ProbeConnection connection) throws IOException {
		if (!this.statuses.contain(answer.status())) {
			String detail = "status " + answer.status();
			return switch (answer.status()) {
				case 401, 403, 407 -> ProbeResult.refused(detail);
				default -> ProbeResult.notYet(detail);
			};
		}
		if (this.body != null) {
			String text = sent.isHead() ? "" : answer.readBody(connection);
			if (!this.body.matcher(text).find()) {
				return ProbeResult.notYet("status " + answer.status() + ", but the body does not match");
			}
		}
		return ProbeResult.answered();
	}

}

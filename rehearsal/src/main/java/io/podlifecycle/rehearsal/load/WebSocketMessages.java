package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Follows the messages of WebSocket sessions. A number at the beginning of a message is
 * its place in the sequence; a client that comes back says in its handshake where it was,
 * as one of server-sent events does.
 */
final class WebSocketMessages implements EventStream {

	/** Normal closure, going away, service restart. */
	private static final Set<Integer> CLEAN = Set.of(1000, 1001, 1012);

	private static final Pattern NUMBERED = Pattern.compile("(\\d+)\\b.*", Pattern.DOTALL);

	private final ClientPlan plan;

	private final Duration timeout;

	private final LoadRecorder recorder;

	private final EventSequence sequence = new EventSequence();

	private int events;

	private volatile @Nullable WebSocketConnection connection;

	WebSocketMessages(ClientPlan plan, Duration timeout, LoadRecorder recorder) {
		this.plan = plan;
		this.timeout = timeout;
		this.recorder = recorder;
	}

	@Override
	public void follow() throws IOException {
		this.events = 0;
		this.sequence.streamOpened();
		try (WebSocketConnection current = WebSocketConnection.open(this.plan.target(), this.timeout)) {
			this.connection = current;
			this.recorder.connected();
			current.shakeHands(this.sequence.last().orElse(""));
			for (String message = current.read(); message != null; message = current.read()) {
				this.events++;
				this.recorder.event(this.plan.name());
				Matcher numbered = NUMBERED.matcher(message);
				if (numbered.matches()) {
					this.sequence.next(numbered.group(1));
				}
			}
			if (!CLEAN.contains(current.closeCode())) {
				throw new FailureException(Kind.STATUS, "close code " + current.closeCode());
			}
		}
	}

	@Override
	public void cancel() {
		WebSocketConnection current = this.connection;
		if (current != null) {
			current.leave();
		}
	}

	@Override
	public int events() {
		return this.events;
	}

	@Override
	public void close() {
		cancel();
	}

}

package io.podlifecycle.rehearsal.load;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;

/**
 * Follows server-sent events over HTTP/1.1, as an {@code EventSource} does: it says where
 * it was when it comes back. The end of the answer after a whole event is a clean end.
 */
final class ServerSentEvents implements EventStream {

	private final ClientPlan plan;

	private final LoadRecorder recorder;

	private final Http1Client client;

	private final EventSequence sequence = new EventSequence();

	private int events;

	ServerSentEvents(ClientPlan plan, Duration timeout, LoadRecorder recorder) {
		this.plan = plan;
		this.recorder = recorder;
		this.client = new Http1Client(timeout, recorder);
	}

	@Override
	public void follow() throws IOException {
		this.events = 0;
		this.sequence.streamOpened();
		HttpGet request = new HttpGet(this.plan.target());
		request.setHeader(HttpHeaders.ACCEPT, "text/event-stream");
		request.setHeader(HttpHeaders.CONNECTION, "close");
		this.sequence.last().ifPresent((last) -> request.setHeader("Last-Event-ID", last));
		this.client.execute(request, (response) -> {
			if (response.getCode() != 200) {
				throw new FailureException(Kind.STATUS, String.valueOf(response.getCode()));
			}
			read(new BufferedReader(new InputStreamReader(response.getEntity().getContent(), StandardCharsets.UTF_8)));
			return response.getCode();
		});
	}

	private void read(BufferedReader lines) throws IOException {
		String id = "";
		boolean data = false;
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			if (line.startsWith("id:")) {
				id = line.substring("id:".length()).strip();
			}
			else if (line.startsWith("data")) {
				data = true;
			}
			else if (line.isEmpty() && data) {
				this.events++;
				this.recorder.event(this.plan.name());
				this.sequence.next(id);
				id = "";
				data = false;
			}
		}
		if (data) {
			throw new EOFException("The stream ended amid an event");
		}
	}

	@Override
	public void cancel() {
		this.client.cancel();
	}

	@Override
	public int events() {
		return this.events;
	}

	@Override
	public void close() {
		this.client.close(CloseMode.IMMEDIATE);
	}

}

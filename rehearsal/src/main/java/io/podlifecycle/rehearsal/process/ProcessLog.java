package io.podlifecycle.rehearsal.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.podlifecycle.rehearsal.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one process, filled by a reader thread until the stream ends.
 */
final class ProcessLog {

	private final List<LogLine> lines = new ArrayList<>();

	private boolean ended;

	void readFrom(InputStream stream) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				add(new LogLine(Instant.now(), line));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The output of the process could not be read to its end", ex);
		}
		finally {
			end();
		}
	}

	private synchronized void add(LogLine line) {
		this.lines.add(line);
		notifyAll();
	}

	private synchronized void end() {
		this.ended = true;
		notifyAll();
	}

	synchronized List<LogLine> lines() {
		return List.copyOf(this.lines);
	}

	synchronized boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Waits for a line, counted from the first one ever written.
	 * @param wanted what the line must satisfy
	 * @param timeout how long to wait at most
	 * @return the first such line, or {@code null} if it did not come in time or cannot
	 * come any more
	 * @throws InterruptedException if interrupted
	 */
	synchronized @Nullable LogLine await(Predicate<LogLine> wanted, Duration timeout) throws InterruptedException {
		Deadline deadline = Deadline.in(timeout);
		int next = 0;
		do {
			for (; next < this.lines.size(); next++) {
				if (wanted.test(this.lines.get(next))) {
					return this.lines.get(next);
				}
			}
		}
		while (!this.ended && deadline.waitOn(this, timeout));
		return null;
	}

	synchronized void awaitEnd(Duration timeout) throws InterruptedException {
		await((line) -> false, timeout);
	}

	@Override
	public String toString() {
		return lines().stream().map(LogLine::toString).collect(Collectors.joining("\n"));
	}

}

package io.podlifecycle.rehearsal.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.rehearsal.cli.report.JsonReport;
import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.load.RunningLoad;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Puts load on a URL. Prints {@code requests=… failed=…} and the same for each sort of
 * clients each second, and at the end, which is the maximum duration or SIGTERM, one line
 * that starts with {@code RESULT }, followed by the result as JSON.
 */
@Command(name = "load", sortOptions = false, abbreviateSynopsis = true,
		description = "Puts load on a URL, and prints its progress each second and one line RESULT {…} at the end, "
				+ "which is --max or SIGTERM.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the load has ended, however many requests failed", "64:invalid arguments" })
final class LoadCommand extends StreamOptions implements Callable<Integer> {

	private static final Duration PROGRESS = Duration.ofSeconds(1);

	@Option(names = "--url", required = true, description = "What to ask for.")
	private @Nullable URI url;

	@Option(names = "--max", paramLabel = "TIME", required = true, description = "How long, such as 15m.")
	private @Nullable Duration max;

	@Option(names = "--keep-alive", paramLabel = "NUMBER", description = "Clients that keep their connection [0],")
	private int keepAlive;

	@Option(names = "--keep-alive-pause", paramLabel = "TIME", description = "  and their pause [0s].")
	private Duration keepAlivePause = Duration.ZERO;

	@Option(names = "--fresh", paramLabel = "NUMBER",
			description = "Clients that open a connection for each request [0],")
	private int fresh;

	@Option(names = "--fresh-pause", paramLabel = "TIME", description = "  and their pause [0s].")
	private Duration freshPause = Duration.ZERO;

	@Option(names = "--http2", paramLabel = "NUMBER",
			description = "Clients that keep their HTTP/2 connection, and pause like --keep-alive [0].")
	private int http2;

	@Option(names = "--protocol", paramLabel = "http1|http2",
			description = "What --keep-alive and --fresh speak [http1].")
	private Protocol protocol = Protocol.HTTP1;

	@Option(names = "--timeout", paramLabel = "TIME", description = "How long a request may take [5s].")
	private Duration timeout = Duration.ofSeconds(5);

	private final PrintWriter out;

	private final PrintWriter err;

	private final AtomicBoolean resultPrinted = new AtomicBoolean();

	LoadCommand(PrintWriter out, PrintWriter err) {
		this.out = out;
		this.err = err;
	}

	@Override
	public Integer call() throws InterruptedException {
		RunningLoad load = load().start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> endOnSignal(load), "load-end"));
		while (!load.awaitEnd(PROGRESS)) {
			LoadResult now = load.snapshot();
			this.out.println("requests=" + now.requests() + " failed=" + now.failed() + " " + now.clients());
		}
		printResult(load);
		return 0;
	}

	private Load load() {
		if (this.keepAlive + this.fresh + this.http2 == 0 && !hasStreams()) {
			throw new UsageException("None of --keep-alive, --fresh, --http2, --sse and --websocket asks for a client");
		}
		try {
			Load.Builder load = Load.builder(Objects.requireNonNull(this.url), Objects.requireNonNull(this.max))
				.timeout(this.timeout);
			((this.protocol == Protocol.HTTP2) ? load.http2() : load)
				.keepAliveClients(this.keepAlive, this.keepAlivePause)
				.freshClients(this.fresh, this.freshPause);
			addStreams(load);
			if (this.http2 > 0) {
				load.http2().keepAliveClients(this.http2, this.keepAlivePause);
			}
			return load.build();
		}
		catch (IllegalArgumentException ex) {
			throw new UsageException(String.valueOf(ex.getMessage()));
		}
	}

	private void endOnSignal(RunningLoad load) {
		if (printResult(load)) {
			// The result is out: the signal was a request, not a failure.
			Runtime.getRuntime().halt(0);
		}
	}

	private synchronized boolean printResult(RunningLoad load) {
		LoadResult result = stop(load);
		if (!this.resultPrinted.compareAndSet(false, true)) {
			return false;
		}
		this.out.println("RESULT " + JsonReport.of(result));
		this.out.flush();
		return true;
	}

	private LoadResult stop(RunningLoad load) {
		try {
			return load.stop();
		}
		catch (AssertionError ex) {
			// A client hangs where no timeout reaches it, such as in a DNS look-up.
			this.err.println(ex.getMessage());
			return load.snapshot();
		}
	}

	private enum Protocol {

		HTTP1, HTTP2;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}

package io.podlifecycle.rehearsal.load;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Puts load on a URL from the command line:
 *
 * <pre>
 * --url http://fortune/ --keep-alive 8 --keep-alive-pause 300ms --fresh 4 --fresh-pause 50ms --timeout 5s --max 15m
 * </pre>
 *
 * {@code --url} and {@code --max} must be given, and at least one of
 * {@code --keep-alive}, {@code --fresh}, {@code --http2} (clients that keep their HTTP/2
 * connection and pause like {@code --keep-alive}), {@code --sse} and {@code --websocket}
 * (numbers of clients; {@code --sse-path} and {@code --websocket-path} say where the
 * streams are, {@code --stream-pause} is 100 ms). The other pauses are 0 and the timeout
 * is 5 s by default, and the protocol is HTTP/1.1 unless {@code --protocol http2} is
 * given, as {@link Load.Builder#http2()} tells. {@code --rate} is a number of requests a
 * second, as {@link Load.Builder#rate(int)} tells. Durations are a number with
 * {@code ms}, {@code s}, {@code m} or {@code h}.
 * <p>
 * Prints {@code requests=… failed=…} and the same for each sort of clients each second,
 * and at the end, which is the maximum duration or SIGTERM, one line that starts with
 * {@code RESULT }, followed by {@link LoadResult#toJson() the result as JSON}. The exit
 * code is 0 in both cases, however many requests failed, and 64 if the arguments are of
 * no use.
 *
 * @since 0.1.0
 */
public final class LoadCommand {

	private static final Duration PROGRESS = Duration.ofSeconds(1);

	private final RunningLoad load;

	private final PrintStream out;

	private final AtomicBoolean resultPrinted = new AtomicBoolean();

	private LoadCommand(RunningLoad load, PrintStream out) {
		this.load = load;
		this.out = out;
	}

	/**
	 * Runs the command.
	 * @param args the arguments, see the class
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		// The HTTP client's log goes nowhere: it need not say so.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		Load load;
		try {
			load = LoadArguments.parse(args);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.err.println(LoadArguments.USAGE);
			System.exit(64);
			return;
		}
		LoadCommand command = new LoadCommand(load.start(), System.out);
		Runtime.getRuntime().addShutdownHook(new Thread(command::endOnSignal, "load-end"));
		command.run();
	}

	private void run() throws InterruptedException {
		while (!this.load.awaitEnd(PROGRESS)) {
			LoadResult now = this.load.snapshot();
			this.out.println("requests=" + now.requests() + " failed=" + now.failed() + " " + now.clients());
		}
		printResult();
	}

	private void endOnSignal() {
		if (printResult()) {
			// The result is out: the signal was a request, not a failure.
			Runtime.getRuntime().halt(0);
		}
	}

	private synchronized boolean printResult() {
		LoadResult result = stop();
		if (!this.resultPrinted.compareAndSet(false, true)) {
			return false;
		}
		this.out.println("RESULT " + result.toJson());
		this.out.flush();
		return true;
	}

	private LoadResult stop() {
		try {
			return this.load.stop();
		}
		catch (AssertionError ex) {
			// A client hangs where no timeout reaches it, such as in a DNS look-up.
			System.err.println(ex.getMessage());
			return this.load.snapshot();
		}
	}

}

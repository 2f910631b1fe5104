package io.podlifecycle.context;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.podlifecycle.drain.DrainReport;
import io.podlifecycle.drain.Phase;
import io.podlifecycle.drain.ReportText;
import io.podlifecycle.drain.ShutdownCause;
import io.podlifecycle.drain.ShutdownListener;
import io.podlifecycle.drain.ShutdownReport;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;

/**
 * What a pod says of its end: to its termination message at each milestone, so that a
 * kill halfway leaves something, and at the very end to the log, too. The end is when
 * Boot has closed all contexts; logging still works then.
 *
 * @since 0.1.0
 */
public final class LastWords implements ShutdownListener {

	/** How a process ends that SIGTERM ended: 128 and the number of the signal. */
	static final int SIGTERM_EXIT_CODE = 143;

	private static final Log logger = LogFactory.getLog(LastWords.class);

	private final TerminationMessage message;

	private final Ticker ticker;

	private final Consumer<Runnable> atTheEnd;

	private final AtomicReference<@Nullable Leaving> leaving = new AtomicReference<>();

	/**
	 * Prepare to speak.
	 * @param file where Kubernetes reads the termination message; {@code null} if there
	 * is to be none
	 * @param ticker the source of time
	 */
	public LastWords(@Nullable Path file, Ticker ticker) {
		this(file, ticker, (action) -> SpringApplication.getShutdownHandlers().add(action));
	}

	LastWords(@Nullable Path file, Ticker ticker, Consumer<Runnable> atTheEnd) {
		this.message = new TerminationMessage(file);
		this.ticker = ticker;
		this.atTheEnd = atTheEnd;
	}

	@Override
	public void quiescing(DrainReport report) {
		this.leaving.set(new Leaving(Stopwatch.start(this.ticker), report));
		tell(report);
		if (report.cause() == ShutdownCause.SIGTERM || report.cause() == ShutdownCause.PRE_STOP) {
			speakAtTheEnd();
		}
	}

	/**
	 * Boot takes no handler any more if another signal, at the same moment, has made the
	 * JVM exit already. Then what is told on the way has to do.
	 */
	private void speakAtTheEnd() {
		try {
			this.atTheEnd.accept(this::gone);
		}
		catch (IllegalStateException ex) {
			logger.debug("The JVM exits already, so there is no report after the close of the contexts", ex);
		}
	}

	@Override
	public void draining(DrainReport report) {
		tell(report);
	}

	@Override
	public void drained(DrainReport report) {
		tell(report);
	}

	private void tell(DrainReport report) {
		Leaving now = this.leaving.updateAndGet((before) -> (before != null) ? before.with(report) : null);
		if (now != null) {
			this.message.write(now.report(null, List.of()));
		}
	}

	private void gone() {
		Leaving last = this.leaving.get();
		if (last != null) {
			ShutdownReport report = last.report(SIGTERM_EXIT_CODE, List.of());
			this.message.write(report);
			logger.info(String.join("\n\t", ReportText.lines(report)));
		}
	}

	/**
	 * Tell of an end that does not come by itself.
	 * @param exitCode the exit code that will be, {@code null} if the process goes on
	 * @param hanging what hangs
	 * @return the report, in lines
	 */
	List<String> overdue(@Nullable Integer exitCode, List<String> hanging) {
		Leaving last = this.leaving.get();
		if (last == null) {
			return hanging;
		}
		ShutdownReport report = last.report(exitCode, hanging);
		this.message.write(report);
		return ReportText.lines(report);
	}

	private record Leaving(Stopwatch stopwatch, DrainReport drain) {

		Leaving with(DrainReport later) {
			return new Leaving(this.stopwatch, later);
		}

		ShutdownReport report(@Nullable Integer exitCode, List<String> hanging) {
			Duration elapsed = this.stopwatch.elapsed();
			// What is neither propagation nor drain is the close of the contexts.
			DrainReport whole = (exitCode != null) ? this.drain.followedBy(Phase.CLOSE, elapsed) : this.drain;
			return new ShutdownReport(whole, elapsed, exitCode, hanging);
		}

	}

}

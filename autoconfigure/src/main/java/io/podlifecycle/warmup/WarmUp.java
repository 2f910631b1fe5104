package io.podlifecycle.warmup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.podlifecycle.Internal;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * Requests an application's own paths, several at a time. Used by one thread, and stopped
 * by any.
 *
 * @since 0.1.0
 */
@Internal
public final class WarmUp {

	/**
	 * The user agent of warm-up requests, which are not traffic.
	 */
	public static final String USER_AGENT = "pod-lifecycle-warm-up";

	private final WarmUpSettings settings;

	private final Ticker ticker;

	private volatile boolean stopped;

	/**
	 * Prepare a warm-up.
	 * @param settings how to warm up
	 * @param ticker the source of time
	 */
	public WarmUp(WarmUpSettings settings, Ticker ticker) {
		this.settings = settings;
		this.ticker = ticker;
	}

	/**
	 * Send the requests. Returns when all are answered, the time is over, the warm-up is
	 * stopped or the thread is interrupted (its flag stays set); no request goes on then.
	 * @param server the application's own address, without a path
	 * @return what came of it
	 */
	public WarmUpResult run(URI server) {
		Stopwatch stopwatch = Stopwatch.start(this.ticker);
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(this.settings.timeout())
			.build();
		List<URI> targets = targets(server);
		int succeeded = send(client, targets);
		return new WarmUpResult(targets.size(), succeeded, stopwatch.elapsed());
	}

	/**
	 * Send no further request. One that is under way is still answered.
	 */
	public void stop() {
		this.stopped = true;
	}

	/**
	 * Return whether the warm-up was stopped.
	 * @return {@code true} after {@link #stop()}
	 */
	public boolean isStopped() {
		return this.stopped;
	}

	private List<URI> targets(URI server) {
		return IntStream.range(0, this.settings.count())
			.boxed()
			.flatMap((round) -> this.settings.paths().stream())
			.map(server::resolve)
			.toList();
	}

	private int send(HttpClient client, List<URI> targets) {
		ExecutorService executor = Executors.newFixedThreadPool(this.settings.concurrency(),
				(task) -> DaemonThreads.create("pod-lifecycle-warm-up", task));
		try {
			List<Future<Boolean>> answers = executor.invokeAll(
					targets.stream().map((target) -> (Callable<Boolean>) () -> isGood(client, target)).toList(),
					this.settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
			return (int) answers.stream().filter(WarmUp::isTrue).count();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 0;
		}
		finally {
			executor.shutdownNow();
		}
	}

	private boolean isGood(HttpClient client, URI target) throws IOException, InterruptedException {
		if (this.stopped) {
			return false;
		}
		HttpRequest request = HttpRequest.newBuilder(target)
			.header("User-Agent", USER_AGENT)
			.timeout(this.settings.timeout())
			.build();
		return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < 400;
	}

	private static boolean isTrue(Future<Boolean> answer) {
		try {
			return answer.get();
		}
		catch (CancellationException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}

package io.podlifecycle.warmup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.podlifecycle.Internal;
import io.podlifecycle.time.DaemonThreads;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;

/**
 * Sends requests to an application's own port, several at a time. Used by one thread, and
 * stopped by any.
 *
 * @since 0.1.0
 */
@Internal
public final class WarmUp {

	/**
	 * The user agent of warm-up requests, which are not traffic.
	 */
	public static final String USER_AGENT = "pod-lifecycle-warm-up";

	/** Enough that their latency is not one of chance. */
	private static final int BATCH = 100;

	private static final Long FAILED = -1L;

	private static final Long UNANSWERED = -2L;

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
	 * Send the requests. Returns when all are answered or the latency has leveled off,
	 * the time is over, the warm-up is stopped or the thread is interrupted (its flag
	 * stays set); no request goes on then.
	 * @param server the application's own address, without a path
	 * @return what came of it
	 */
	public WarmUpResult run(URI server) {
		Stopwatch stopwatch = Stopwatch.start(this.ticker);
		List<Long> answers = new ArrayList<>();
		ExecutorService executor = Executors.newFixedThreadPool(this.settings.concurrency(),
				(task) -> DaemonThreads.create("pod-lifecycle-warm-up", task));
		try {
			sendAll(executor, server, stopwatch, answers);
		}
		catch (InterruptedException ex) {
			answers.add(UNANSWERED);
			Thread.currentThread().interrupt();
		}
		finally {
			executor.shutdownNow();
		}
		return result(answers, stopwatch.elapsed());
	}

	private void sendAll(ExecutorService executor, URI server, Stopwatch stopwatch, List<Long> answers)
			throws InterruptedException {
		HttpClient client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(this.settings.timeout())
			.build();
		LatencyTrend trend = new LatencyTrend();
		int rounds = this.settings.untilSteady() ? Math.max(1, BATCH / this.settings.requests().size())
				: this.settings.count();
		int sent = 0;
		List<Long> batch;
		do {
			batch = send(executor, client, requests(server, rounds),
					this.settings.timeout().minus(stopwatch.elapsed()));
			answers.addAll(batch);
			trend.add(latencies(batch));
			sent += rounds;
		}
		while (this.settings.untilSteady() && !batch.contains(UNANSWERED)
				&& !(sent >= this.settings.count() && trend.hasLeveledOff()));
	}

	/** Until it is steady, a warm-up whose time is over has done what it could. */
	private WarmUpResult result(List<Long> answers, Duration elapsed) {
		int succeeded = (int) latencies(answers).count();
		boolean timeIsOver = this.settings.untilSteady() && succeeded > 0 && !this.stopped;
		long unanswered = timeIsOver ? answers.stream().filter(UNANSWERED::equals).count() : 0;
		return new WarmUpResult(answers.size() - (int) unanswered, succeeded, elapsed);
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

	private List<HttpRequest> requests(URI server, int rounds) {
		return IntStream.range(0, rounds)
			.boxed()
			.flatMap((round) -> this.settings.requests().stream())
			.map((request) -> request.to(server, this.settings.timeout()))
			.toList();
	}

	private static LongStream latencies(List<Long> answers) {
		return answers.stream().mapToLong(Long::longValue).filter((latency) -> latency >= 0);
	}

	private List<Long> send(ExecutorService executor, HttpClient client, List<HttpRequest> requests, Duration limit)
			throws InterruptedException {
		List<Future<Long>> answers = executor.invokeAll(
				requests.stream().map((request) -> (Callable<Long>) () -> latency(client, request)).toList(),
				limit.toMillis(), TimeUnit.MILLISECONDS);
		List<Long> latencies = new ArrayList<>();
		for (Future<Long> answer : answers) {
			latencies.add(latency(answer));
		}
		return latencies;
	}

	private long latency(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
		if (this.stopped) {
			return UNANSWERED;
		}
		long begin = this.ticker.nanos();
		int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
		return (status < 400) ? Math.max(0, this.ticker.nanos() - begin) : FAILED;
	}

	private static long latency(Future<Long> answer) throws InterruptedException {
		try {
			return answer.get();
		}
		catch (CancellationException ex) {
			return UNANSWERED;
		}
		catch (ExecutionException ex) {
			return FAILED;
		}
	}

}

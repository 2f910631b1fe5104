package io.podlifecycle.rehearsal.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;

/**
 * One client: a request, its answer, a pause, and again, until it is told to stop.
 */
final class LoadClient implements Runnable {

	private final ClientPlan plan;

	private final URI target;

	private final Duration timeout;

	private final LoadRecorder recorder;

	private final StopSignal stop;

	private final ScheduledExecutorService timer;

	LoadClient(ClientPlan plan, URI target, Duration timeout, LoadRecorder recorder, StopSignal stop,
			ScheduledExecutorService timer) {
		this.plan = plan;
		this.target = target;
		this.timeout = timeout;
		this.recorder = recorder;
		this.stop = stop;
		this.timer = timer;
	}

	@Override
	public void run() {
		try (CountingConnectionManager connection = new CountingConnectionManager(this.recorder,
				Timeout.of(this.timeout)); CloseableHttpClient client = newClient(connection)) {
			boolean goOn = this.stop.pause(this.plan.firstPause());
			while (goOn) {
				exchange(client, connection);
				goOn = this.stop.pause(this.plan.pause());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			// Only closing the client throws it: there is nothing left to lose.
			return;
		}
		finally {
			this.recorder.clientEnded();
		}
	}

	private void exchange(CloseableHttpClient client, CountingConnectionManager connection) {
		HttpGet request = new HttpGet(this.target);
		if (!this.plan.keepAlive()) {
			request.setHeader(HttpHeaders.CONNECTION, "close");
		}
		// The socket's timeout begins anew with each byte: the whole answer needs its
		// own.
		AtomicBoolean late = new AtomicBoolean();
		ScheduledFuture<?> cancellation = this.timer.schedule(() -> {
			late.set(true);
			request.cancel();
		}, this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		long start = System.nanoTime();
		try {
			int status = client.execute(request, (response) -> {
				EntityUtils.consume(response.getEntity());
				return response.getCode();
			});
			record(status, System.nanoTime() - start, connection.requestsOnThisConnection());
		}
		catch (IOException | RuntimeException ex) {
			Kind kind = late.get() ? Kind.TIMEOUT : Failures.kindOf(ex);
			this.recorder.failed(this.plan.name(), kind, Failures.detailOf(ex), connection.requestsOnThisConnection());
		}
		finally {
			cancellation.cancel(false);
			connection.requestIsOver();
		}
	}

	private void record(int status, long nanos, int requestsBefore) {
		if (status >= 200 && status < 300) {
			this.recorder.succeeded(nanos);
		}
		else {
			this.recorder.refusedWithStatus(this.plan.name(), status, nanos, requestsBefore);
		}
	}

	private CloseableHttpClient newClient(CountingConnectionManager connection) {
		Timeout limit = Timeout.of(this.timeout);
		return HttpClients.custom()
			.setConnectionManager(connection)
			.setDefaultRequestConfig(
					RequestConfig.custom().setResponseTimeout(limit).setProtocolUpgradeEnabled(false).build())
			.setUserAgent(Load.USER_AGENT)
			.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableContentCompression()
			.build();
	}

}

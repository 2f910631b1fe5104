package io.podlifecycle.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Four threads that share one {@link HttpClient} of the JDK, as most applications do, and
 * with it one HTTP/2 connection: {@code URI SECONDS}. Its own ways are left as they are;
 * it may send again what was not processed. Prints one line.
 */
final class JdkHttp2Clients {

	private static final int THREADS = 4;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final HttpRequest request;

	private final long end;

	private JdkHttp2Clients(URI target, Duration duration) {
		this.request = HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(30)).build();
		this.end = System.nanoTime() + duration.toNanos();
	}

	public static void main(String[] arguments) throws InterruptedException {
		JdkHttp2Clients clients = new JdkHttp2Clients(URI.create(arguments[0]),
				Duration.ofSeconds(Long.parseLong(arguments[1])));
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			threads.add(new Thread(clients::run));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		System.out.println("JDK " + Runtime.version() + ": " + clients.failed + " of " + clients.requests);
	}

	private void run() {
		try {
			while (System.nanoTime() < this.end) {
				this.requests.incrementAndGet();
				send();
				TimeUnit.MILLISECONDS.sleep(50);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void send() throws InterruptedException {
		try {
			HttpResponse<String> answer = this.client.send(this.request, HttpResponse.BodyHandlers.ofString());
			if (answer.statusCode() != 200 || answer.version() != HttpClient.Version.HTTP_2) {
				this.failed.incrementAndGet();
			}
		}
		catch (IOException ex) {
			this.failed.incrementAndGet();
		}
	}

}

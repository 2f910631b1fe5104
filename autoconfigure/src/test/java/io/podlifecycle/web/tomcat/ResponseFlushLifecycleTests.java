package io.podlifecycle.web.tomcat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * An answer that is complete for the application and not yet written, when the context
 * closes.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ResponseFlushLifecycleTests {

	private final InFlight inFlight = new InFlight(Ticker.system());

	private final CountDownLatch answered = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private final ExecutorService given = Executors.newCachedThreadPool();

	private final HttpClient client = HttpClient.newHttpClient();

	private final ServletWebServerApplicationContext context = new ServletWebServerApplicationContext();

	@AfterEach
	void end() {
		this.released.countDown();
		this.context.close();
		this.given.shutdownNow();
	}

	@Test
	void theyGoOutBeforeTheServerStops() throws Exception {
		start(null, true);
		assertThat(answerAfterClose().body()).isEqualTo("answer");
	}

	@Test
	void theyGoOutFromAnExecutorThatWasGiven() throws Exception {
		start(this.given, true);
		assertThat(answerAfterClose().body()).isEqualTo("answer");
	}

	@Test
	void otherwiseTheyAreCutOff() {
		start(null, false);
		assertThatIOException().isThrownBy(this::answerAfterClose);
	}

	@Test
	void whereARequestHangsNoTimeIsLeftForThem() {
		start(null, true);
		this.inFlight.begin("hangs");
		assertThatIOException().isThrownBy(this::answerAfterClose);
	}

	private void start(@Nullable Executor executor, boolean awaited) {
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
		factory.setShutdown(Shutdown.GRACEFUL);
		factory.addEngineValves(new HeldAnswer());
		if (executor != null) {
			factory.addProtocolHandlerCustomizers((protocol) -> protocol.setExecutor(executor));
		}
		factory.addConnectorCustomizers(new CountTasks());
		this.context.registerBean("factory", TomcatServletWebServerFactory.class, () -> factory);
		this.context.registerBean("servlet", ServletRegistrationBean.class,
				() -> new ServletRegistrationBean<>(new Answer(), "/"));
		if (awaited) {
			TomcatConnections connections = new TomcatConnections(this.context);
			this.context.registerBean("responseFlushLifecycle", ResponseFlushLifecycle.class,
					() -> new ResponseFlushLifecycle(connections, this.inFlight, Ticker.system(), (duration) -> {
						this.released.countDown();
						while (connections.unfinishedTasks() > 0) {
							Sleeper.system().sleep(duration);
						}
					}));
		}
		this.context.refresh();
	}

	private HttpResponse<String> answerAfterClose() throws IOException, InterruptedException {
		WebServer server = Objects.requireNonNull(this.context.getWebServer());
		URI uri = URI.create("http://127.0.0.1:" + server.getPort() + "/");
		CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
			await(this.answered);
			this.context.close();
		}, (task) -> new Thread(task).start());
		HttpResponse<String> response = this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
		closed.join();
		return response;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class Answer extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.getWriter().print("answer");
		}

	}

	/** Stands between the servlet and the write of its answer. */
	private final class HeldAnswer extends ValveBase {

		@Override
		public void invoke(Request request, Response response) throws IOException, ServletException {
			getNext().invoke(request, response);
			ResponseFlushLifecycleTests.this.answered.countDown();
			await(ResponseFlushLifecycleTests.this.released);
		}

	}

}

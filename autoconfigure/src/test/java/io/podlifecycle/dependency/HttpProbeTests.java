package io.podlifecycle.dependency;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.podlifecycle.dependency.ProbeResult.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What an HTTP probe can ask for, and expect, of a real server.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpProbeTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final HttpServer server = create();

	/** The requests so far: method, path and headers. */
	private final Queue<String> requests = new ConcurrentLinkedQueue<>();

	private static HttpServer create() {
		try {
			return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@BeforeEach
	void start() {
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "200 | 200", "401 | 200-299,401", "204 | 200 - 299", "503 | 500-599", "404 | 100-199, 404" })
	void anExpectedStatusAnswers(int status, String expected) throws Exception {
		serve("/", status, "");
		assertThat(check("/", Map.of("status", expected))).isEqualTo(ProbeResult.answered());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "200 | 204", "300 | 200-299,401", "503 | 200-299", "404 | 200-299" })
	void anotherStatusIsNotYet(int status, String expected) throws Exception {
		serve("/", status, "");
		assertThat(check("/", Map.of("status", expected))).isEqualTo(ProbeResult.notYet("status " + status));
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 407 })
	void aStatusThatAsksForOtherCredentialsIsRefused(int status) throws Exception {
		serve("/", status, "");
		assertThat(check("/", Map.of())).isEqualTo(ProbeResult.refused("status " + status));
		assertThat(check("/", Map.of("status", "200-499"))).isEqualTo(ProbeResult.answered());
	}

	@Test
	void theBodyHasToMatch() throws Exception {
		serve("/up", 200, "{\"status\":\"UP\"}");
		serve("/down", 200, "{\"status\":\"DOWN\"}");
		Map<String, String> options = Map.of("body", "\"status\":\\s*\"UP\"");
		assertThat(check("/up", options)).isEqualTo(ProbeResult.answered());
		assertThat(check("/down", options)).isEqualTo(ProbeResult.notYet("status 200, but the body does not match"));
	}

	@Test
	void aChunkedBodyIsPutTogether() throws Exception {
		handle("/", (exchange) -> {
			exchange.sendResponseHeaders(200, 0);
			for (String chunk : List.of("for", "tu", "ne é")) {
				exchange.getResponseBody().write(chunk.getBytes(StandardCharsets.UTF_8));
				exchange.getResponseBody().flush();
			}
		});
		assertThat(check("/", Map.of("body", "^fortune é$"))).isEqualTo(ProbeResult.answered());
	}

	@Test
	void aBodyIsReadUpToItsFirst64KibOnly() throws Exception {
		String filler = "x".repeat(65_536 - 4);
		for (long length : new long[] { filler.length() + 8, 0 }) {
			handle("/" + length, (exchange) -> {
				exchange.sendResponseHeaders(200, length);
				exchange.getResponseBody().write((filler + "last" + "more").getBytes(StandardCharsets.US_ASCII));
			});
			assertThat(check("/" + length, Map.of("body", "last$"))).isEqualTo(ProbeResult.answered());
			assertThat(check("/" + length, Map.of("body", "more")).status()).isEqualTo(Status.NOT_YET);
		}
	}

	@Test
	void theRequestIsWhatTheOptionsSay() throws Exception {
		serve("/", 200, "");
		check("/", Map.of("method", "HEAD", "headers.X-Key", "kéy", "headers.host", "fortune.example", "headers.Accept",
				"a/b"));
		String request = this.requests.remove();
		assertThat(request).startsWith("HEAD /").contains("X-key=[kéy]", "Host=[fortune.example]", "Accept=[a/b]");
	}

	@Test
	void aHeadRequestHasNoBody() throws Exception {
		serve("/", 200, "fortune");
		assertThat(check("/", Map.of("method", "HEAD", "body", "^$"))).isEqualTo(ProbeResult.answered());
	}

	@Test
	void aHostThatIsNoneByTheStandardOfUrisIsAsked() throws Exception {
		serve("/", 200, "");
		redirect("/old", 302, uri("/").replace("127.0.0.1", "127.1"));
		for (String path : List.of("/", "/old")) {
			Target target = Target.of(uri(path).replace("://127.0.0.1", "://user:p%40ss@127.1"));
			ProbeRequest request = ProbeRequest.of(target).withOptions(Map.of("follow-redirects", "true"));
			assertThat(new Probes(Probes.builtIn()).create(request).check(LIMIT)).isEqualTo(ProbeResult.answered());
			assertThat(this.requests.remove()).contains("Host=[127.1:" + this.server.getAddress().getPort() + "]",
					"Authorization=[Basic dXNlcjpwQHNz]");
		}
		assertThat(this.requests).singleElement().asString().contains("Authorization=[Basic dXNlcjpwQHNz]");
	}

	@Test
	void theCredentialsMayStandBesideTheUri() throws Exception {
		serve("/", 200, "");
		ProbeRequest request = ProbeRequest.of(Target.of(uri("/"))).withCredentials(new Credentials("user", "p@ss"));
		new Probes(Probes.builtIn()).create(request).check(LIMIT);
		assertThat(this.requests.remove()).contains("Authorization=[Basic dXNlcjpwQHNz]");
	}

	@Test
	void aRedirectIsFollowedIfAskedFor() throws Exception {
		redirect("/old", 302, "new?a=b");
		serve("/new", 200, "fortune");
		Map<String, String> options = Map.of("body", "fortune", "headers.X-Key", "secret");
		assertThat(check("/old", options).status()).isEqualTo(Status.NOT_YET);
		assertThat(check("/old", with(options, "follow-redirects", "true"))).isEqualTo(ProbeResult.answered());
		assertThat(this.requests).last().asString().startsWith("GET /new?a=b").contains("X-key=[secret]");
	}

	@Test
	void aRedirectToAnotherServerGetsNoSecret() throws Exception {
		serve("/new", 200, "");
		redirect("/old", 302, "http://localhost:" + this.server.getAddress().getPort() + "/new");
		assertThat(check("/old", Map.of("follow-redirects", "true", "headers.X-Key", "secret")))
			.isEqualTo(ProbeResult.answered());
		assertThat(this.requests).last().asString().startsWith("GET /new").doesNotContain("secret");
	}

	@Test
	void redirectsInACircleEnd() throws Exception {
		redirect("/old", 302, "/old");
		assertThat(check("/old", Map.of("follow-redirects", "true")))
			.isEqualTo(ProbeResult.notYet("more than 5 redirects"));
		assertThat(this.requests).hasSize(6);
	}

	@Test
	void aRedirectToSomethingElseIsNotFollowed() throws Exception {
		redirect("/old", 302, "file:/etc/passwd");
		ProbeResult result = check("/old", Map.of("follow-redirects", "true"));
		assertThat(result.status()).isEqualTo(Status.NOT_YET);
		assertThat(result.detail()).contains("it redirects to what is not http");
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void redirectsAreOfFiveKinds(int status) throws Exception {
		serve("/new", 204, "");
		redirect("/old", status, "/new");
		assertThat(check("/old", Map.of("follow-redirects", "true", "status", "204")))
			.isEqualTo(ProbeResult.answered());
	}

	@Test
	void whatSaysNotWhereToGoIsNoRedirect() throws Exception {
		serve("/old", 302, "");
		assertThat(check("/old", Map.of("follow-redirects", "true", "status", "302")))
			.isEqualTo(ProbeResult.answered());
		redirect("/other", 300, "/new");
		assertThat(check("/other", Map.of("follow-redirects", "true", "status", "300")))
			.isEqualTo(ProbeResult.answered());
	}

	@Test
	void anAnswerWithoutABodyHasNone() throws Exception {
		serve("/", 204, "");
		assertThat(check("/", Map.of("body", "^$"))).isEqualTo(ProbeResult.answered());
		assertThat(check("/", Map.of("body", "x")))
			.isEqualTo(ProbeResult.notYet("status 204, but the body does not match"));
	}

	@Test
	void aPartOfTheLogInIsEnough() throws Exception {
		serve("/", 200, "");
		for (Credentials credentials : List.of(new Credentials("user", null), new Credentials(null, "pass"))) {
			new Probes(Probes.builtIn()).create(ProbeRequest.of(Target.of(uri("/"))).withCredentials(credentials))
				.check(LIMIT);
		}
		// "user:" and ":pass"
		assertThat(this.requests.remove()).contains("Authorization=[Basic dXNlcjo=]");
		assertThat(this.requests.remove()).contains("Authorization=[Basic OnBhc3M=]");
	}

	@Test
	void theRequestSaysWhereItGoesAndWhoSendsIt() throws Exception {
		serve("/", 200, "");
		check("?a=b", Map.of());
		assertThat(this.requests.remove()).startsWith("GET /?a=b ")
			.contains("Host=[127.0.0.1:" + this.server.getAddress().getPort() + "]", "User-agent=[pod-lifecycle]",
					"Accept=[*/*]", "Connection=[close]")
			.doesNotContain("Authorization");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "status | 2xx | its status is not a list of codes such as 200-299,401",
			"status | '' | its status is not a list of codes such as 200-299,401",
			"status | 299-200 | its status has a range that ends before it begins",
			"body | ( | its body is not a regular expression: Unclosed group",
			"method | get it | its method is not a word in capitals",
			"headers.a b | x | it has a header whose name is none", "size | 3 | scheme 'http' has no option 'size'" })
	void refusesOptionsThatItCannotUse(String name, String value, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> check("/", Map.of(name, value))).withMessage(problem);
	}

	@Test
	void refusesALineBreakInAHeader() {
		assertThatIllegalArgumentException().isThrownBy(() -> check("/", Map.of("headers.X", "a\r\nY: b")))
			.withMessage("its header 'X' has a line break");
	}

	private static Map<String, String> with(Map<String, String> options, String name, String value) {
		Map<String, String> more = new HashMap<>(options);
		more.put(name, value);
		return more;
	}

	private ProbeResult check(String path, Map<String, String> options) throws Exception {
		ProbeRequest request = ProbeRequest.of(Target.of(uri(path))).withOptions(options);
		return new Probes(Probes.builtIn()).create(request).check(LIMIT);
	}

	private String uri(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
	}

	private void redirect(String path, int status, String location) {
		handle(path, (exchange) -> {
			exchange.getResponseHeaders().set("Location", location);
			exchange.sendResponseHeaders(status, -1);
		});
	}

	private void serve(String path, int status, String body) {
		handle(path, (exchange) -> {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			boolean without = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
			exchange.sendResponseHeaders(status, without ? -1 : bytes.length);
			if (!without) {
				exchange.getResponseBody().write(bytes);
			}
		});
	}

	private void handle(String path, HttpHandler handler) {
		this.server.createContext(path, (exchange) -> {
			this.requests.add(describe(exchange));
			try (exchange) {
				handler.handle(exchange);
			}
		});
	}

	private static String describe(HttpExchange exchange) {
		Headers headers = exchange.getRequestHeaders();
		return exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + headers.entrySet();
	}

}

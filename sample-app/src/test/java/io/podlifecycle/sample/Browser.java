package io.podlifecycle.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium with one page, led by its DevTools protocol.
 */
final class Browser implements AutoCloseable, WebSocket.Listener {

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

	private static final JsonMapper JSON = new JsonMapper();

	private final Process process;

	private final WebSocket socket;

	private final AtomicInteger commands = new AtomicInteger();

	private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

	private final StringBuilder message = new StringBuilder();

	private @Nullable String session;

	private Browser(Process process, URI devTools) {
		this.process = process;
		this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(devTools, this).join();
	}

	/** Return where Chromium is installed. */
	static Optional<Path> executable() {
		return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
			.flatMap((folder) -> NAMES.stream().map((name) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	static Browser open(Path executable, Path profile, URI page) throws IOException {
		Process process = new ProcessBuilder(executable.toString(), "--headless", "--no-sandbox", "--disable-gpu",
				"--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
				"--disable-sync", "--remote-debugging-port=0", "--user-data-dir=" + profile, "--window-size=1000,780",
				"about:blank")
			.redirectErrorStream(true)
			.start();
		Browser browser = new Browser(process, devTools(process));
		String target = browser.call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asString();
		browser.session = browser.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
			.path("sessionId")
			.asString();
		browser.call("Page.navigate", Map.of("url", page.toString()));
		return browser;
	}

	private static URI devTools(Process process) throws IOException {
		BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith("DevTools listening on ")) {
				Thread drain = new Thread(() -> output.lines().forEach((ignored) -> {
				}), "chromium-output");
				drain.setDaemon(true);
				drain.start();
				return URI.create(line.substring("DevTools listening on ".length()));
			}
		}
		throw new IllegalStateException("Chromium has ended");
	}

	/** Return the text of the page as soon as it has all of these parts. */
	String awaitText(String... parts) {
		String expression = """
				new Promise((resolve, reject) => {
					const parts = %s, begin = Date.now();
					const look = () => {
						const text = document.body?.innerText ?? "";
						if (parts.every((part) => text.includes(part))) { resolve(text); }
						else if (Date.now() - begin > 90000) { reject(new Error("only: " + text)); }
						else { setTimeout(look, 20); }
					};
					look();
				})""".formatted(JSON.writeValueAsString(parts));
		JsonNode answer = call("Runtime.evaluate",
				Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
		if (answer.has("exceptionDetails")) {
			throw new AssertionError(answer.path("exceptionDetails").toString());
		}
		return answer.path("result").path("value").asString();
	}

	void useColorScheme(String scheme) {
		call("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	byte[] screenshot() {
		return Base64.getDecoder()
			.decode(call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true)).path("data")
				.asString());
	}

	private JsonNode call(String method, Map<String, Object> parameters) {
		int id = this.commands.incrementAndGet();
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.answers.put(id, answer);
		Map<String, Object> command = (this.session != null)
				? Map.of("id", id, "method", method, "params", parameters, "sessionId", this.session)
				: Map.of("id", id, "method", method, "params", parameters);
		this.socket.sendText(JSON.writeValueAsString(command), true).join();
		return answer.orTimeout(100, TimeUnit.SECONDS).join();
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.message.append(data);
		if (last) {
			JsonNode json = JSON.readTree(this.message.toString());
			this.message.setLength(0);
			CompletableFuture<JsonNode> answer = this.answers.remove(json.path("id").asInt(0));
			if (answer != null) {
				answer.complete(json.path("result"));
			}
		}
		webSocket.request(1);
		return null;
	}

	@Override
	public void close() {
		this.socket.abort();
		this.process.destroy();
		this.process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
	}

}

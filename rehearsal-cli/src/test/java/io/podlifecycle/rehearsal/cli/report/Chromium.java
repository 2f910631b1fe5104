package io.podlifecycle.rehearsal.cli.report;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium with one page, driven by its DevTools protocol.
 */
final class Chromium implements AutoCloseable {

	private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");

	private static final long PATIENCE_SECONDS = 60;

	private final Process process;

	private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

	private final AtomicInteger commands = new AtomicInteger();

	private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final WebSocket page;

	private Chromium(Process process) throws Exception {
		this.process = process;
		String address = address();
		HttpClient http = HttpClient.newHttpClient();
		JsonNode targets = JsonMapper.shared()
			.readTree(http
				.send(HttpRequest.newBuilder(URI.create("http://" + address + "/json/list")).build(),
						BodyHandlers.ofString())
				.body());
		String url = targets.valueStream()
			.filter((target) -> target.get("type").asString().equals("page"))
			.map((target) -> target.get("webSocketDebuggerUrl").asString())
			.findFirst()
			.orElseThrow();
		this.page = http.newWebSocketBuilder().buildAsync(URI.create(url), new Events()).get();
		for (String domain : List.of("Page", "Network", "Log", "Runtime")) {
			command(domain + ".enable", Map.of());
		}
	}

	/**
	 * Looks for a Chromium on the PATH.
	 */
	static Optional<Path> find() {
		List<String> directories = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
		return Stream.of("chromium", "chromium-browser", "google-chrome")
			.flatMap((name) -> directories.stream().map((directory) -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	static boolean isInstalled() {
		return find().isPresent();
	}

	static Chromium start(Path executable, Path profile) throws Exception {
		Process process = new ProcessBuilder(executable.toString(), "--headless", "--no-sandbox", "--disable-gpu",
				"--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
				"--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0",
				"--user-data-dir=" + profile, "about:blank")
			.redirectErrorStream(true)
			.start();
		try {
			return new Chromium(process);
		}
		catch (Exception ex) {
			end(process);
			throw ex;
		}
	}

	private String address() throws Exception {
		CompletableFuture<String> address = new CompletableFuture<>();
		Thread reader = new Thread(() -> {
			List<String> lines = new ArrayList<>();
			try (BufferedReader out = new BufferedReader(
					new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8))) {
				for (String line = out.readLine(); line != null; line = out.readLine()) {
					lines.add(line);
					Matcher listening = LISTENING.matcher(line);
					if (listening.find()) {
						address.complete(listening.group(1));
					}
				}
			}
			catch (IOException ex) {
				lines.add(ex.toString());
			}
			address.completeExceptionally(new IllegalStateException("Chromium has ended: " + lines));
		}, "chromium-out");
		reader.setDaemon(true);
		reader.start();
		return address.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	private JsonNode command(String method, Map<String, ?> parameters) throws Exception {
		int id = this.commands.incrementAndGet();
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.answers.put(id, answer);
		this.page
			.sendText(JsonMapper.shared().writeValueAsString(Map.of("id", id, "method", method, "params", parameters)),
					true)
			.get();
		JsonNode result = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		if (result.has("error")) {
			throw new IllegalStateException(method + ": " + result);
		}
		return result.get("result");
	}

	/**
	 * Sets what the page is shown on.
	 * @param scheme the user's preference, {@code light} or {@code dark}
	 * @param width its width in pixels
	 * @param height its height in pixels
	 */
	void show(String scheme, int width, int height) throws Exception {
		command("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		command("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	/**
	 * Opens a page and waits until it is loaded.
	 */
	void open(URI page) throws Exception {
		this.requests.clear();
		this.complaints.clear();
		this.loads.clear();
		command("Page.navigate", Map.of("url", page.toString()));
		if (this.loads.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
			throw new IllegalStateException(page + " was not loaded");
		}
	}

	/**
	 * Evaluates an expression, which the page's own policy does not forbid.
	 */
	JsonNode evaluate(String expression) throws Exception {
		JsonNode result = command("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
		if (result.has("exceptionDetails")) {
			throw new IllegalStateException(result.toString());
		}
		return result.get("result").path("value");
	}

	byte[] screenshot() throws Exception {
		return Base64.getDecoder().decode(command("Page.captureScreenshot", Map.of()).get("data").asString());
	}

	/**
	 * Returns what the page asked for.
	 */
	List<String> requests() {
		return List.copyOf(this.requests);
	}

	/**
	 * Returns what the browser complained about: what it was not to load, errors.
	 */
	List<String> complaints() {
		return List.copyOf(this.complaints);
	}

	@Override
	public void close() {
		try {
			// It tidies up if it is asked to end.
			command("Browser.close", Map.of());
			this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			this.complaints.add(ex.toString());
		}
		finally {
			end(this.process);
		}
	}

	private static void end(Process process) {
		List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
		all.forEach(ProcessHandle::destroyForcibly);
		CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new)).join();
	}

	private final class Events implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				take(JsonMapper.shared().readTree(this.text.toString()));
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

		private void take(JsonNode message) {
			if (message.has("id")) {
				CompletableFuture<JsonNode> answer = Chromium.this.answers.remove(message.get("id").asInt());
				if (answer != null) {
					answer.complete(message);
				}
				return;
			}
			JsonNode event = message.path("params");
			switch (message.path("method").asString()) {
				case "Page.loadEventFired" -> Chromium.this.loads.add("loaded");
				case "Network.requestWillBeSent" ->
					Chromium.this.requests.add(event.get("request").get("url").asString());
				case "Log.entryAdded" -> Chromium.this.complaints.add(event.get("entry").get("text").asString());
				case "Runtime.exceptionThrown" -> Chromium.this.complaints.add(event.toString());
				default -> {
					// Not asked for.
				}
			}
		}

	}

}

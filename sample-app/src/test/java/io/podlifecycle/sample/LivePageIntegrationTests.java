package io.podlifecycle.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The live page in a browser, from ready to terminated. With {@code -Dscreenshots.write}
 * it is photographed for the README.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LivePageIntegrationTests {

	private static final Path IMAGES = Path.of("..", "docs", "images");

	private static final Duration START = Duration.ofSeconds(60);

	private final int port = FreePort.next();

	@Test
	void showsTheStartAndTheEnd(@TempDir Path profile) throws IOException {
		Path chromium = Browser.executable().orElse(null);
		Assumptions.assumeTrue(chromium != null, "There is no Chromium on the PATH (apt-get install -y chromium)");
		assertThat(chromium).isNotNull();
		try (AppProcess app = start()) {
			app.awaitLog("Started SampleApplication", START);
			try (Browser browser = Browser.open(chromium, profile,
					URI.create("http://127.0.0.1:" + this.port + "/live.html"))) {
				assertThat(browser.awaitText("ready", "answered", "GET /live/events")).contains("Start, ",
						"waits for dependencies ", "fortune (http://localhost:", "runners ");
				try (Socket slow = request("/slow?ms=7000")) {
					browser.awaitText("GET /slow");
					app.terminate();
					browser.awaitText("propagating", "End on SIGTERM", "propagation");
					assertThat(browser.awaitText("draining", "drain ")).contains("GET /slow");
					photograph(browser);
					assertThat(slow.getInputStream().read()).as("served to the end").isEqualTo('H');
				}
				assertThat(browser.awaitText("terminated")).contains("propagation ", "drain ", "Nothing.");
			}
			assertThat(app.awaitExit(START)).isEqualTo(143);
		}
	}

	private AppProcess start() {
		return AppProcess.builder()
			.mainClass(SampleApplication.class.getName())
			.jvmOption("-XX:TieredStopAtLevel=1")
			.environment("HOSTNAME", "fortune-client-7c9d5f-x2v4q")
			.argument("--spring.profiles.active=demo", "--server.port=" + this.port,
					"--pod-lifecycle.startup.dependencies.fortune=http://localhost:" + FreePort.next() + "/",
					"--sample.demo.fortune-server-delay=2s", "--pod-lifecycle.shutdown.propagation.min=1s",
					"--pod-lifecycle.shutdown.propagation.max=3s")
			.start();
	}

	private Socket request(String path) throws IOException {
		Socket client = new Socket(InetAddress.getLoopbackAddress(), this.port);
		client.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
		return client;
	}

	private static void photograph(Browser browser) throws IOException {
		if (System.getProperty("screenshots.write") == null) {
			return;
		}
		Files.createDirectories(IMAGES);
		for (String scheme : new String[] { "light", "dark" }) {
			browser.useColorScheme(scheme);
			Files.write(IMAGES.resolve("live-" + scheme + ".png"), browser.screenshot());
		}
	}

}

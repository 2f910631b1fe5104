package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.pod.Probe;
import io.podlifecycle.rehearsal.rollout.Rollout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a browser makes of the report of a real rehearsal. Skipped where there is none.
 * Pictures of the report are left in {@code target/report}.
 */
@EnabledIf(value = "io.podlifecycle.rehearsal.cli.report.Chromium#isInstalled",
		disabledReason = "there is no chromium, chromium-browser or google-chrome on the PATH")
@TestInstance(Lifecycle.PER_CLASS)
class ReportInBrowserIntegrationTests {

	private static final double LEAST_CONTRAST = 4.5;

	private final Path pictures = Path.of("target", "report");

	private final List<Rollout> rollouts = new ArrayList<>();

	private @Nullable Chromium chromium;

	@BeforeAll
	void rehearse(@TempDir Path profile) throws Exception {
		this.rollouts.add(rehearsal(true).rollingUpdate());
		this.rollouts.add(rehearsal(false).rollingUpdate());
		this.chromium = Chromium.start(Chromium.find().orElseThrow(), profile);
		Files.createDirectories(this.pictures);
	}

	@AfterAll
	void endBrowser() {
		if (this.chromium != null) {
			this.chromium.close();
		}
	}

	private static Rehearsal rehearsal(boolean libraryOff) {
		PodSpec.Builder pod = PodSpec.mainClass("io.podlifecycle.rehearsal.App", "../rehearsal/target/test-classes")
			.argument("--server.port={port}", "--leave=9000")
			.jvmOption("-XX:TieredStopAtLevel=1")
			.readiness(Probe.httpGet("/readyz").withPeriod(Duration.ofMillis(200)).withTimeout(Duration.ofSeconds(5)));
		if (libraryOff) {
			pod.environment("PODLIFECYCLE_ENABLED", "false");
		}
		return Rehearsal.of(pod.build()).replicas(1).lag(Duration.ofMillis(500)).calm(Duration.ofMillis(500));
	}

	private Chromium open(List<Rollout> rollouts, String name, String scheme, int width) throws Exception {
		Path file = this.pictures.resolve(name + ".html");
		HtmlReport.write(rollouts, file);
		Chromium browser = Objects.requireNonNull(this.chromium);
		browser.show(scheme, width, 1_000);
		browser.open(file.toUri());
		return browser;
	}

	/**
	 * Shows the page as a whole, so that every point of it can be asked what is there.
	 */
	private static void showAll(Chromium browser, String scheme, int width) throws Exception {
		browser.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)");
		browser.show(scheme, width, browser.evaluate("document.documentElement.scrollHeight").asInt());
	}

	@Test
	void drawsEveryPodPhaseAndSlice() throws Exception {
		Chromium browser = open(this.rollouts, "report", "light", 1_280);
		assertThat(this.rollouts.get(0).load().failed()).isPositive();
		assertThat(this.rollouts.get(1).load().failed()).isZero();
		assertThat(count(browser, "svg.lanes g.lane")).isEqualTo(4);
		assertThat(count(browser, "svg.lanes g.lane g.span")).isEqualTo(this.rollouts.stream()
			.flatMap((rollout) -> rollout.pods().stream().map((pod) -> PodPhases.of(pod, rollout).size()))
			.mapToInt(Integer::intValue)
			.sum());
		assertThat(count(browser, "svg.requests g.bar")).isEqualTo(this.rollouts.stream()
			.flatMap((rollout) -> Slices.of(rollout).stream())
			.filter((slice) -> slice.requests() > 0)
			.count());
		assertThat(count(browser, "svg.latency path.curve")).isEqualTo(4);
		assertThat(count(browser, "svg.failures line.failure")).isPositive();
		assertThat(browser.evaluate("document.querySelector('.plot').getBoundingClientRect().width").asInt())
			.isGreaterThan(900);
		assertThat(browser.evaluate("document.title").asString()).isEqualTo("Rehearsal: rolling update of 1 replica");
	}

	private static long count(Chromium browser, String selector) throws Exception {
		return browser.evaluate("document.querySelectorAll('" + selector + "').length").asLong();
	}

	@Test
	void asksForNothingAndViolatesNoPolicy() throws Exception {
		Chromium browser = open(this.rollouts, "report", "light", 1_280);
		assertThat(browser.requests()).singleElement().asString().endsWith("report.html");
		assertThat(browser.complaints()).isEmpty();
		// The style sheet is in effect: its hash is right.
		assertThat(browser.evaluate("getComputedStyle(document.querySelector('.plot .name')).textAnchor").asString())
			.isEqualTo("middle");
	}

	@Test
	void aPageThatAsksForSomethingIsFoundOut() throws Exception {
		Path page = Files.writeString(this.pictures.resolve("asking.html"),
				"<!DOCTYPE html><title>x</title><img src='missing.png'>");
		Chromium browser = Objects.requireNonNull(this.chromium);
		browser.open(page.toUri());
		assertThat(browser.requests()).hasSize(2);
		assertThat(browser.complaints()).isNotEmpty();
	}

	@Test
	void thePolicyStopsWhatGetsInAnyway() throws Exception {
		Path file = this.pictures.resolve("attacked.html");
		HtmlReport.write(this.rollouts, file);
		Files.writeString(file, Files.readString(file)
			.replace("<main>", "<main><img src='missing.png'/><script>document.title = 'attacked'</script>"));
		Chromium browser = Objects.requireNonNull(this.chromium);
		browser.open(file.toUri());
		assertThat(browser.complaints()).hasSizeGreaterThanOrEqualTo(2)
			.allMatch((complaint) -> complaint.contains("Content Security Policy"));
		assertThat(browser.evaluate("document.title").asString()).startsWith("Rehearsal");
	}

	@Test
	void nothingIsWiderThanANarrowPage() throws Exception {
		assertNothingIsWiderThan(800);
	}

	@Test
	@Tag("full")
	void nothingIsWiderThanAWidePage() throws Exception {
		assertNothingIsWiderThan(1_280);
	}

	private void assertNothingIsWiderThan(int width) throws Exception {
		Rollout hostile = Rollouts.of(Rollouts.HOSTILE + "x".repeat(500), Rollouts.HOSTILE + "y".repeat(500), 3);
		for (List<Rollout> shown : List.of(this.rollouts, List.of(hostile, hostile))) {
			Chromium browser = open(shown, "wide", "light", width);
			showAll(browser, "light", width);
			assertThat(browser.evaluate("document.documentElement.clientWidth").asInt()).isEqualTo(width);
			assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
			assertThat(count(browser, "script, img")).isZero();
		}
	}

	@Test
	void noLabelOfANarrowDrawingLiesOnAnother() throws Exception {
		assertNoLabelLiesOnAnother(800);
	}

	@Test
	@Tag("full")
	void noLabelOfAWideDrawingLiesOnAnother() throws Exception {
		assertNoLabelLiesOnAnother(1_280);
	}

	private void assertNoLabelLiesOnAnother(int width) throws Exception {
		for (List<Rollout> shown : List.of(this.rollouts, List.of(Rollouts.of("app", Rollouts.REPORT, 3)))) {
			Chromium browser = open(shown, "labels", "light", width);
			JsonNode collisions = browser.evaluate(script("collisions.js"));
			assertThat(collisions.get("labels").asInt()).isGreaterThan(20);
			assertThat(collisions.get("collisions").valueStream().map(JsonNode::asString)).isEmpty();
		}
	}

	@Test
	void everyTextIsLegible() throws Exception {
		assertEveryTextIsLegible("light", "255,255,255");
	}

	@Test
	@Tag("full")
	void everyTextIsLegibleOnADarkBackground() throws Exception {
		assertEveryTextIsLegible("dark", "20,24,29");
	}

	private void assertEveryTextIsLegible(String scheme, String background) throws Exception {
		for (Map.Entry<String, List<Rollout>> shown : Map
			.of("report", this.rollouts, "all", List.of(Rollouts.of("app", Rollouts.REPORT, 3)))
			.entrySet()) {
			Chromium browser = open(shown.getValue(), shown.getKey(), scheme, 1_280);
			showAll(browser, scheme, 1_280);
			Files.write(this.pictures.resolve(shown.getKey() + "-" + scheme + ".png"), browser.screenshot());
			assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asString())
				.contains(background.replace(",", ", "));
			JsonNode contrasts = browser.evaluate(script("contrasts.js"));
			assertThat(contrasts.valueStream()).hasSizeGreaterThan(60);
			assertThat(contrasts.valueStream())
				.filteredOn((contrast) -> contrast.get("ratio").asDouble() < LEAST_CONTRAST)
				.isEmpty();
		}
	}

	@Test
	void aTextThatIsHardToReadIsFoundOut() throws Exception {
		Chromium browser = open(this.rollouts, "report", "light", 1_280);
		showAll(browser, "light", 1_280);
		browser.evaluate("document.querySelector('h1').style.color = '#888'");
		browser.evaluate("document.querySelector('.plot .ready .name').style.fill = '#666'");
		assertThat(browser.evaluate(script("contrasts.js")).valueStream())
			.filteredOn((contrast) -> contrast.get("ratio").asDouble() < LEAST_CONTRAST)
			.extracting((contrast) -> contrast.get("text").asString())
			.containsExactlyInAnyOrder("Rolling update of 1 replica", "ready");
	}

	private static String script(String name) throws IOException {
		try (var script = Objects.requireNonNull(ReportInBrowserIntegrationTests.class.getResourceAsStream(name),
				name)) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}

package io.podlifecycle.rehearsal.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.podlifecycle.rehearsal.Progress;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressDisplayTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	@Test
	void onATerminalTheStateIsOneLineThatIsWrittenOver() {
		ProgressDisplay display = display(true);
		display.progress(progress(1));
		display.podEvent("app-1", new PodEvent(Duration.ofMillis(1_200), Kind.READY, "GET /readyz: status 200"));
		display.end();
		assertThat(text()).isEqualTo("   1.0 s  starting: 1 of 2 pods ready, 30 requests, 0 failed" + "\r\u001b[2K"
				+ "   1.2 s  app-1  READY  GET /readyz: status 200\n"
				+ "   1.0 s  starting: 1 of 2 pods ready, 30 requests, 0 failed" + "\r\u001b[2K");
	}

	@Test
	void elsewhereTheStateIsALineEveryFiveSeconds() {
		ProgressDisplay display = display(false);
		for (int second = 0; second < 12; second++) {
			display.progress(progress(second));
		}
		assertThat(text().lines()).hasSize(2).first().asString().startsWith("   5.0 s").doesNotContain("\u001b");
	}

	private static Progress progress(int second) {
		return new Progress(Duration.ofSeconds(second), "starting", 1, 2, 30, 0);
	}

	private ProgressDisplay display(boolean terminal) {
		return new ProgressDisplay(new PrintWriter(this.out, true, StandardCharsets.UTF_8), terminal);
	}

	private String text() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

}

package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MarkdownSummaryTests {

	@TempDir
	private Path directory = Path.of(".");

	@Test
	void twoVersionsStandSideBySide() {
		assertThat(MarkdownSummary.of(List.of(before(Rollouts.of("app", "", 3)), Rollouts.of("app", "", 0))))
			.isEqualTo("""
					### \u2705 deletion of app: 0 of 290 requests failed

					|   | before | after |
					|---|---:|---:|
					| requests | 290 | 290 |
					| failed | 3 | 0 |
					| &emsp;reset | 3 | 0 |
					| latency p50 | 3 ms | 3 ms |
					| latency p99 | 17 ms | 17 ms |
					| longest start | 8.9 s | 8.9 s |
					| longest leave | 6.1 s | 6.1 s |
					| pods killed | 0 | 0 |
					| restarts | 0 | 0 |

					<details><summary>The first failures before the change</summary>

					<pre>  15.2 s  kept-alive-1  RESET  app  (after 7 requests on its connection)
					  15.2 s  kept-alive-1  RESET  app  (after 7 requests on its connection)
					  15.2 s  kept-alive-1  RESET  app  (after 7 requests on its connection)</pre>

					</details>
					""");
	}

	@Test
	void textOfTheApplicationIsNoMarkup() throws IOException {
		Path file = this.directory.resolve("summary.md");
		MarkdownSummary.write(List.of(Rollouts.of(Rollouts.HOSTILE, "", 1)), file);
		assertThat(Files.readString(file)).startsWith("### \u274c deletion of &lt;/pre&gt;")
			.contains("The first failures</summary>")
			.doesNotContain("<script", "<img");
	}

	private static Rollout before(Rollout rollout) {
		return new Rollout(rollout.scenario(), rollout.startedAt(), rollout.duration(),
				Map.of(Titles.VERSION, Titles.BEFORE), rollout.pods(), rollout.endpoints(), rollout.loadStartedAt(),
				rollout.load(), rollout.slices());
	}

}

package io.podlifecycle.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.podlifecycle.actuate.PodLifecycleActuatorAutoConfiguration;
import io.podlifecycle.actuate.PodLifecycleEndpoint;
import io.podlifecycle.actuate.PodLifecycleEndpoint.LifecycleDescriptor;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.boot.startup.MissingDependencies;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.report.ReportData;
import io.podlifecycle.report.Reports;
import io.podlifecycle.report.ShutdownReport.Status;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference of the endpoint names each field that it returns, and no other.
 */
class EndpointReferenceTests {

	private static final Pattern ROW = Pattern.compile("^\\| `([\\w.\\[\\]]+)` \\|", Pattern.MULTILINE);

	private static final Pattern NAME = Pattern.compile("`(\\w+)`");

	@Test
	void theFieldsAreThoseOfTheEndpoint() throws IOException {
		String section = section("## Endpoint");
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(PodLifecycleAutoConfiguration.class,
					PodLifecycleActuatorAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=podlifecycle")
			.withBean("mailbox", Participant.class, () -> () -> "mailbox")
			.withBean(MissingDependencies.class,
					() -> () -> List.of(new DependencyOutcome(database(), DependencyOutcome.State.PENDING, 3,
							Duration.ofSeconds(1), "refused", "")))
			.run((context) -> {
				Work request = context.getBean(InFlight.class).begin("GET /");
				LifecycleDescriptor seen = context.getBean(PodLifecycleEndpoint.class).lifecycle();
				request.close();
				assertThat(fields("", json(seen)).distinct()).containsExactlyInAnyOrderElementsOf(ROW.matcher(section)
					.results()
					.map((row) -> row.group(1))
					.filter((name) -> !name.equals("shutdown"))
					.toList());
			});
	}

	@Test
	void theFieldsOfTheReportAreThoseOfAReport() throws IOException {
		String names = section("## Shutdown report");
		Map<String, Object> report = ReportData.of(Reports.of(Status.OVERDUE));
		assertThat(NAME.matcher(names).results().map((name) -> name.group(1)))
			.containsAll(fields("", report).map((field) -> field.replaceFirst(".*\\.", "")).distinct().toList());
	}

	private static Dependency database() {
		return new Dependency("db", Target.of("tcp://db:5432"), (timeLimit) -> ProbeResult.answered(), true,
				Duration.ofMinutes(5), Duration.ofSeconds(2),
				new Backoff(Duration.ofMillis(500), 1.5, Duration.ofMillis(700), 0));
	}

	private static Map<?, ?> json(Object value) {
		JsonMapper mapper = new JsonMapper();
		return mapper.readValue(mapper.writeValueAsString(value), Map.class);
	}

	private static Stream<String> fields(String prefix, Map<?, ?> object) {
		return object.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() != null)
			.flatMap((entry) -> fields(prefix + entry.getKey(), entry.getValue()));
	}

	private static Stream<String> fields(String name, Object value) {
		if (value instanceof List<?> items && items.stream().allMatch(Map.class::isInstance)) {
			assertThat(items).as(name).isNotEmpty();
			return items.stream().flatMap((item) -> fields(name + "[].", (Map<?, ?>) item));
		}
		return (value instanceof Map<?, ?> object) ? fields(name + ".", object) : Stream.of(name);
	}

	private static String section(String heading) throws IOException {
		String page = Files.readString(Path.of("..", "docs", "reference.md"));
		String section = page.substring(page.indexOf(heading + "\n") + heading.length());
		return section.substring(0, section.indexOf("\n## "));
	}

}

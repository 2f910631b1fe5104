package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;

import io.podlifecycle.boot.OnTimeout;
import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.boot.context.metrics.buffering.StartupTimeline;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.metrics.StartupStep;

import static io.podlifecycle.Conditions.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StartupWaitTests {

	private final AtomicBoolean answers = new AtomicBoolean(true);

	private final GenericApplicationContext context = new GenericApplicationContext();

	@Test
	void isAStepOfTheStart() {
		BufferingApplicationStartup startup = new BufferingApplicationStartup(10);
		this.context.setApplicationStartup(startup);
		startUp(OnTimeout.FAIL);
		StartupStep step = startup.getBufferedTimeline()
			.getEvents()
			.stream()
			.map(StartupTimeline.TimelineEvent::getStartupStep)
			.filter((candidate) -> candidate.getName().equals("pod-lifecycle.dependencies.await"))
			.findFirst()
			.orElseThrow();
		assertThat(StreamSupport.stream(step.getTags().spliterator(), false)).singleElement().satisfies((tag) -> {
			assertThat(tag.getKey()).isEqualTo("fortune");
			assertThat(tag.getValue()).startsWith("answered after ").endsWith("and 1 try");
		});
	}

	@Test
	void withNothingToWaitForIsNone() {
		BufferingApplicationStartup startup = new BufferingApplicationStartup(10);
		this.context.setApplicationStartup(startup);
		new StartupWait(new StartupSettings(List.of(), List.of(), Duration.ofSeconds(1), OnTimeout.FAIL,
				Duration.ofSeconds(1), false))
			.await(this.context);
		assertThat(startup.getBufferedTimeline().getEvents()).isEmpty();
	}

	@Test
	void whatIsMissingFailsTheStartWithItsOwnExitCode() {
		this.answers.set(false);
		assertThatExceptionOfType(DependenciesMissingException.class).isThrownBy(() -> startUp(OnTimeout.FAIL))
			.withMessage("No answer from fortune (tcp://fortune:80)")
			.satisfies((ex) -> assertThat(ex.getExitCode()).isEqualTo(69));
	}

	@Test
	void whatIsMissingAfterAnUnreadyStartIsTriedUntilItAnswers() {
		this.answers.set(false);
		startUp(OnTimeout.START_UNREADY);
		this.context.refresh();
		MissingDependencies missing = this.context.getBean(MissingDependencies.class);
		assertThat(missing.missing()).hasSize(1);
		this.answers.set(true);
		await(() -> missing.missing().isEmpty());
		this.context.close();
	}

	private void startUp(OnTimeout onTimeout) {
		Backoff backoff = new Backoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0);
		Dependency dependency = new Dependency("fortune", Target.of("tcp://fortune:80"),
				(timeLimit) -> this.answers.get() ? ProbeResult.answered() : ProbeResult.absent("nothing"), true,
				Duration.ofMinutes(10), Duration.ofSeconds(1), backoff);
		new StartupWait(new StartupSettings(List.of(dependency), List.of(),
				Duration.ofMillis(this.answers.get() ? 30_000 : 300), onTimeout, Duration.ofSeconds(5), false))
			.await(this.context);
	}

}

package io.podlifecycle.diagnosis;

import java.time.Duration;
import java.util.Optional;

import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.time.FakeTime;
import io.podlifecycle.work.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class PreStopSleepWarningTests {

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(30);

	private final FakeTime time = new FakeTime();

	private final Traffic traffic = new Traffic(this.time);

	@Test
	void requestsThatStoppedBeforeTheSignalTellOfAHook() {
		assertThat(afterSilence(Duration.ofSeconds(9))).map(Finding::toString)
			.contains("Requests came steadily, and stopped 9 s before the stop signal: the pod seems to have a preStop "
					+ "hook that sleeps. Remove it, since the application waits by itself, or set "
					+ "'pod-lifecycle.shutdown.pre-stop-delay' to its time.");
	}

	@Test
	void noHookIsLongerThanTheGracePeriod() {
		assertThat(afterSilence(GRACE_PERIOD.plusSeconds(1))).isEmpty();
	}

	@Test
	void aPodThatHadNoTrafficTellsNothing() {
		this.time.pass(Duration.ofMinutes(1));
		assertThat(new PreStopSleepWarning(this.traffic, GRACE_PERIOD, false).look()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			SIGTERM,        false, true
			SIGINT,         false, true
			SIGTERM,        true,  false
			PRE_STOP,       false, false
			CONTEXT_CLOSED, false, false
			""")
	void onlyAStopSignalThatNobodyHasToldOfIsWarnedOf(Trigger trigger, boolean told, boolean warned,
			CapturedOutput output) {
		afterSilence(Duration.ofSeconds(9));
		new PreStopSleepWarning(this.traffic, GRACE_PERIOD, told)
			.quiescing(ShutdownReport.ofStart(trigger, Duration.ZERO));
		assertThat(output.getAll().contains("preStop hook")).isEqualTo(warned);
	}

	private Optional<Finding> afterSilence(Duration silence) {
		for (int i = 0; i < 200; i++) {
			this.time.pass(Duration.ofMillis(100));
			this.traffic.arrived("10.0.0.1");
		}
		this.time.pass(silence);
		return new PreStopSleepWarning(this.traffic, GRACE_PERIOD, false).look();
	}

}

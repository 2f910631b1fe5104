package io.podlifecycle.boot.shutdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.boot.TerminationMessageFormat;
import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.Hang;
import io.podlifecycle.report.ShutdownReport.Hang.Kind;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.Lifecycle;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.shutdown.PropagationDelay;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import io.podlifecycle.shutdown.Readiness;
import io.podlifecycle.shutdown.RefuseReadiness;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import io.podlifecycle.work.Work;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ShutdownReporterTests {

	private final SupervisedApplication application = SupervisedApplication.create(Policy.ofContextOnly(),
			Duration.ofSeconds(30), () -> {
			});

	private final InFlight inFlight = new InFlight(Ticker.system());

	private final List<Participant> participants = new ArrayList<>();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@SuppressWarnings("NullAway.Init")
	private Path message;

	@SuppressWarnings("NullAway.Init")
	private ShutdownReporter reporter;

	@BeforeEach
	void mount() throws IOException {
		this.message = Files.createFile(this.directory.resolve("termination-log"));
		this.reporter = new ShutdownReporter(new TerminationMessage(this.message, TerminationMessageFormat.TEXT),
				this.application);
	}

	@Test
	void reportsEachPhaseAndTheEnd() throws IOException {
		this.application.preStop();
		this.reporter.phaseBegun(report());
		assertThat(Files.readString(this.message))
			.startsWith("Shutting down (trigger: the preStop hook, phase: close)");
		this.reporter.terminated();
		assertThat(Files.readString(this.message)).contains("trigger: the preStop hook, exit code: 143");
	}

	@Test
	void reportsTheEndOfAStartThatServedNothing() throws IOException {
		this.application.preStop();
		this.reporter.terminated();
		assertThat(Files.readString(this.message)).contains("exit code: 143", "0 in flight at the start",
				"no propagation delay: never ready");
	}

	@Test
	void whereTheProcessMayLiveOnThereIsNoEndToReport() throws IOException {
		this.application.closing();
		this.reporter.phaseBegun(report());
		this.reporter.terminated();
		assertThat(Files.readString(this.message)).startsWith("Shutting down (trigger: the close");
	}

	@Test
	void reportsWhatHangsAtTheDeadline() throws IOException {
		this.application.preStop();
		this.reporter.overdue(70, List.of(new Hang(Kind.BEAN_DESTRUCTION, "one", null, null, List.of())));
		assertThat(Files.readString(this.message)).contains("exit code: 70", "hangs: destruction of bean one");
	}

	@Test
	void aRequestThatFinishesInBootsGracefulPhaseIsNotCutOff() throws IOException {
		Work request = shutDownWithAWorkInFlight();
		assertThat(report().work().inFlight()).isOne();
		request.close();
		this.reporter.serverStops();
		this.reporter.overdue(70, List.of());
		assertThat(Files.readString(this.message)).contains("0 cut off");
	}

	@Test
	void aRequestThatEndsBecauseItsServerIsStoppedIsCutOff() throws IOException {
		Work request = shutDownWithAWorkInFlight();
		this.reporter.serverStops();
		request.close();
		this.reporter.overdue(70, List.of());
		assertThat(Files.readString(this.message)).contains("1 cut off", "cut off: GET /slow");
	}

	@Test
	void whatAParticipantHasLeftIsCutOffUnlessItFinishesInBootsGracefulPhase() throws IOException {
		AtomicLong tasks = new AtomicLong(2);
		this.participants.add(new Participant() {

			@Override
			public String name() {
				return "executors";
			}

			@Override
			public long inFlight() {
				return tasks.get();
			}

		});
		shutDownWithAWorkInFlight().close();
		assertThat(report().givenUp()).isEqualTo(2);
		tasks.set(1);
		this.reporter.serverStops();
		tasks.set(0);
		this.reporter.overdue(70, List.of());
		assertThat(Files.readString(this.message)).contains("1 cut off", "participant: executors has 1 left");
	}

	private Work shutDownWithAWorkInFlight() {
		Work request = this.inFlight.begin("GET /slow");
		Duration hour = Duration.ofHours(1);
		GraceBudget budget = new GraceBudget(hour, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO,
				Duration.ZERO, false);
		PropagationDelay delay = new PropagationDelay(Mode.FIXED, Duration.ZERO, Duration.ZERO, Duration.ZERO);
		ShutdownSettings settings = new ShutdownSettings(budget, delay, Propagation.DISABLED, RefuseReadiness.NEVER,
				hour, Duration.ZERO);
		this.application.attach(new GracefulShutdown(settings, new Lifecycle(), new NeverReady(),
				new ObservedWork(this.inFlight, new Traffic(Ticker.system())),
				new Participants(this.participants, Map.of(), List.of(), Runnable::run), List.of(this.reporter),
				Ticker.system(), Sleeper.system(), () -> false), hour);
		this.application.closing();
		return request;
	}

	private ShutdownReport report() {
		return this.application.report().orElseThrow();
	}

	private static final class NeverReady implements Readiness {

		@Override
		public boolean hasBeenReady() {
			return false;
		}

		@Override
		public void refuse() {
			// Never asked.
		}

		@Override
		public void announce() {
			// Nobody listens.
		}

	}

}

package io.podlifecycle.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.report.Propagation;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.PropagationDelay.Mode;
import io.podlifecycle.time.FakeTime;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A graceful shutdown on a timeline. Grace period 30 s, reserve 2 s, close timeout 5 s,
 * propagation from 5 to 10 s with a quiet period of 2 s, connection linger 2 s.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class ShutdownTimeline {

	/** A drain ends when all is idle twice in a row. */
	static final Duration SECOND_LOOK = Duration.ofMillis(20);

	final FakeTime time = new FakeTime();

	final InFlight inFlight = new InFlight(this.time);

	final Traffic traffic = new Traffic(this.time);

	final AtomicInteger open = new AtomicInteger();

	final List<String> events = new ArrayList<>();

	final List<Participant> participants = new ArrayList<>();

	final Map<String, PreStopTask> preStopTasks = new HashMap<>();

	Executor executor = Runnable::run;

	Executor questions = Runnable::run;

	Executor listeners = Runnable::run;

	List<Connections> connections = List.of(this.open::get);

	RefuseReadiness refuseReadiness = RefuseReadiness.IMMEDIATELY;

	Duration preStopDelay = Duration.ZERO;

	boolean preStopAssumed;

	Propagation propagation = Propagation.PENDING;

	Lifecycle lifecycle = new Lifecycle();

	Duration gracePeriod = Duration.ofSeconds(30);

	boolean jvmExits;

	@Nullable ShutdownReport report;

	Participants participants() {
		return new Participants(this.participants, this.preStopTasks, this.connections, this::execute);
	}

	/** Questions and listeners are answered at once; tasks may take their time. */
	private void execute(Runnable command) {
		boolean question = command.getClass().getName().startsWith(ParticipantLoads.class.getName());
		(question ? this.questions : isStartedBy(Participants.class) ? this.executor : this.listeners).execute(command);
	}

	private static boolean isStartedBy(Class<?> type) {
		return StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().startsWith(type.getName())));
	}

	void afterAMinuteOfTraffic() {
		for (int i = 0; i < 600; i++) {
			arrive();
			this.time.pass(Duration.ofMillis(100));
		}
	}

	void arrive() {
		this.traffic.arrived("10.0.0.1");
	}

	void later(Duration fromNow, Runnable action) {
		this.time.at(this.time.elapsed().plus(fromNow), action);
	}

	GracefulShutdown readyShutdown() {
		GracefulShutdown shutdown = shutdown();
		this.lifecycle.advanceTo(LifecycleState.READY);
		return shutdown;
	}

	GracefulShutdown shutdown() {
		this.lifecycle = new Lifecycle();
		return new GracefulShutdown(settings(), this.lifecycle, new Refusal(),
				new ObservedWork(this.inFlight, this.traffic), participants(), List.of(new Recorder()), this.time,
				this.time, () -> this.jvmExits);
	}

	ShutdownSettings settings() {
		Duration propagationMax = Duration.ofSeconds(10);
		GraceBudget budget = new GraceBudget(this.gracePeriod, this.preStopDelay, Duration.ofSeconds(2), propagationMax,
				Duration.ofSeconds(5), Duration.ofSeconds(13), this.preStopAssumed);
		PropagationDelay delay = new PropagationDelay(Mode.ADAPTIVE, Duration.ofSeconds(5), propagationMax,
				Duration.ofSeconds(2));
		return new ShutdownSettings(budget, delay, this.propagation, this.refuseReadiness, Duration.ofSeconds(4),
				Duration.ofSeconds(2));
	}

	Participant participant(String name, AtomicInteger inFlight) {
		return new Participant() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public void quiesce() {
				ShutdownTimeline.this.events.add(name + " quiesces");
			}

			@Override
			public void drain() {
				ShutdownTimeline.this.events.add(name + " drains");
			}

			@Override
			public long inFlight() {
				return inFlight.get();
			}

		};
	}

	ShutdownReport report() {
		assertThat(this.report).isNotNull();
		return this.report;
	}

	final class Refusal implements Readiness {

		@Override
		public boolean hasBeenReady() {
			return ShutdownTimeline.this.lifecycle.hasBeenReady();
		}

		@Override
		public void refuse() {
			ShutdownTimeline.this.events.add("refused");
		}

		@Override
		public void announce() {
			// Nobody listens.
		}

	}

	final class Recorder implements ShutdownListener {

		@Override
		public void quiescing(ShutdownReport report) {
			ShutdownTimeline.this.events.add("quiescing");
		}

		@Override
		public void draining(ShutdownReport report) {
			ShutdownTimeline.this.events.add("draining");
		}

		@Override
		public void drained(ShutdownReport report) {
			ShutdownTimeline.this.events.add("drained");
			ShutdownTimeline.this.report = report;
		}

	}

}

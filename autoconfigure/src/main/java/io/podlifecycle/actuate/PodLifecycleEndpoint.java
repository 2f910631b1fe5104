package io.podlifecycle.actuate;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.report.ReportData;
import io.podlifecycle.report.ShutdownReport.ParticipantLoad;
import io.podlifecycle.report.ShutdownReport.WorkSnapshot;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.Participants;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.work.ObservedWork;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows where an application is in its life: what it waits for, what it does for others,
 * and how it leaves. All times are in milliseconds.
 *
 * @since 0.1.0
 */
@Endpoint(id = "podlifecycle")
public class PodLifecycleEndpoint {

	private static final int MOST_NAMED = 20;

	private final SupervisedApplication application;

	private final GracefulShutdown shutdown;

	private final GraceBudget budget;

	private final ObservedWork work;

	private final Participants participants;

	private final Supplier<List<DependencyOutcome>> missing;

	/**
	 * Create the endpoint.
	 * @param application the application
	 * @param shutdown its graceful shutdown
	 * @param budget what the grace period is spent on
	 * @param work what the application is doing for others
	 * @param participants who takes part in a shutdown
	 * @param missing the dependencies that do not answer
	 */
	public PodLifecycleEndpoint(SupervisedApplication application, GracefulShutdown shutdown, GraceBudget budget,
			ObservedWork work, Participants participants, Supplier<List<DependencyOutcome>> missing) {
		this.application = application;
		this.shutdown = shutdown;
		this.budget = budget;
		this.work = work;
		this.participants = participants;
		this.missing = missing;
	}

	/**
	 * Return where the application is.
	 * @return a snapshot
	 */
	@ReadOperation
	public LifecycleDescriptor lifecycle() {
		return new LifecycleDescriptor(this.application.lifecycle().state().id(), work(), this.participants.load(),
				this.missing.get().stream().map(PodLifecycleEndpoint::describe).toList(),
				BudgetDescriptor.of(this.budget), this.shutdown.report().map(ReportData::of).orElse(null));
	}

	private WorkDescriptor work() {
		List<InFlightDescriptor> oldest = this.work.inFlight()
			.oldest(MOST_NAMED)
			.stream()
			.map(PodLifecycleEndpoint::describe)
			.toList();
		return new WorkDescriptor(this.work.inFlight().count(), oldest, this.work.traffic().total(),
				this.work.traffic().ratePerSecond(), this.participants.openConnections());
	}

	private static InFlightDescriptor describe(WorkSnapshot snapshot) {
		return new InFlightDescriptor(snapshot.description(), snapshot.age().toMillis());
	}

	private static DependencyDescriptor describe(DependencyOutcome outcome) {
		return new DependencyDescriptor(outcome.dependency().name(), outcome.attempts(), outcome.elapsed().toMillis(),
				outcome.lastError());
	}

	/**
	 * Where an application is.
	 *
	 * @param state its state
	 * @param work what it does for others
	 * @param participants who else has work in flight
	 * @param missingDependencies what does not answer and keeps it from being ready
	 * @param budget what its grace period is spent on
	 * @param shutdown what has happened since a shutdown was triggered: the same object
	 * as in a termination message in JSON
	 */
	public record LifecycleDescriptor(String state, WorkDescriptor work, List<ParticipantLoad> participants,
			List<DependencyDescriptor> missingDependencies, BudgetDescriptor budget,
			@Nullable Map<String, Object> shutdown) {
	}

	/**
	 * What an application does for others.
	 *
	 * @param inFlight how much work is in flight
	 * @param oldest the oldest of it
	 * @param requests how many requests that count as traffic have arrived
	 * @param requestsPerSecond how many did of late
	 * @param connections how many connections are open
	 */
	public record WorkDescriptor(long inFlight, List<InFlightDescriptor> oldest, long requests,
			double requestsPerSecond, long connections) {
	}

	/**
	 * A piece of work in flight.
	 *
	 * @param description what it is
	 * @param age its age
	 */
	public record InFlightDescriptor(String description, long age) {
	}

	/**
	 * A dependency that does not answer.
	 *
	 * @param name its name
	 * @param tries how often it was tried
	 * @param elapsed for how long
	 * @param lastError what the last try found
	 */
	public record DependencyDescriptor(String name, int tries, long elapsed, String lastError) {
	}

	/**
	 * What a grace period is spent on.
	 *
	 * @param gracePeriod the whole
	 * @param preStopDelay what has passed when SIGTERM arrives
	 * @param propagationMax the longest propagation delay
	 * @param drainTimeout the longest drain
	 * @param closeTimeout what is kept for closing the context
	 * @param reserve what is never used
	 */
	public record BudgetDescriptor(long gracePeriod, long preStopDelay, long propagationMax, long drainTimeout,
			long closeTimeout, long reserve) {

		static BudgetDescriptor of(GraceBudget budget) {
			return new BudgetDescriptor(budget.gracePeriod().toMillis(), budget.preStopDelay().toMillis(),
					budget.propagationMax().toMillis(), budget.drainTimeout().toMillis(),
					budget.closeTimeout().toMillis(), budget.reserve().toMillis());
		}

	}

}

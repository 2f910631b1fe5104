package io.podlifecycle.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.ParentContext;
import io.podlifecycle.boot.shutdown.HaltListener;
import io.podlifecycle.boot.startup.DependenciesMissingException;
import io.podlifecycle.dependency.Redaction;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.Lifecycle;
import io.podlifecycle.shutdown.ShutdownListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.NestedExceptionUtils;

/**
 * Keeps the journal of an application: begins a run before there is any bean, and notes
 * its end when every bean was destroyed. Where the context is never closed, since it was
 * never refreshed, the end of the JVM is the end of the run.
 *
 * @since 0.1.0
 */
@Internal
public final class JournalKeeper implements SmartApplicationListener, ShutdownListener, HaltListener, DisposableBean {

	private static final String BEAN = "podLifecycleJournalKeeper";

	private static final Log logger = LogFactory.getLog(JournalKeeper.class);

	private final ConfigurableApplicationContext context;

	private final Journal journal;

	private final List<Path> setAside;

	private final Lifecycle lifecycle;

	private final Runnable jvmEnds = this::jvmEnds;

	private volatile boolean refreshed;

	private JournalKeeper(ConfigurableApplicationContext context, Journal journal, List<Path> setAside,
			Lifecycle lifecycle) {
		this.context = context;
		this.journal = journal;
		this.setAside = setAside;
		this.lifecycle = lifecycle;
	}

	/**
	 * Begin a run. A context below one that has a keeper shares it.
	 * @param context the context that is about to be refreshed
	 * @param settings where to keep the journal, and what to set aside
	 * @param clock the wall clock
	 * @param lifecycle the state machine of the application
	 * @return the journal, which may be one that is not kept
	 */
	public static Journal start(ConfigurableApplicationContext context, JournalSettings settings, InstantSource clock,
			Lifecycle lifecycle) {
		JournalKeeper keeper = ParentContext.beanOf(JournalKeeper.class, context);
		if (keeper != null) {
			context.addApplicationListener(keeper);
			return keeper.journal;
		}
		Journal journal = Journal.open(settings.file(), clock, logger::warn);
		if (journal.isKept()) {
			tellOfPreviousRun(journal);
			List<Path> setAside = (journal.uncleanInARow() >= settings.uncleanLimit())
					? setAside(settings.scratch(), journal, clock) : List.of();
			new JournalKeeper(context, journal, setAside, lifecycle).join();
		}
		return journal;
	}

	private static void tellOfPreviousRun(Journal journal) {
		journal.previous().ifPresent((run) -> {
			String text = "The last run ended " + run.end() + (run.detail().isEmpty() ? "" : " (" + run.detail() + ")")
					+ ", last seen " + run.lastSeenAt() + "; " + journal.restarts() + " restarts so far, "
					+ journal.uncleanInARow() + " unclean ends in a row";
			if (run.end().isUnclean()) {
				logger.warn(text);
			}
			else {
				logger.info(text);
			}
		});
	}

	private static List<Path> setAside(ScratchDirectories scratch, Journal journal, InstantSource clock) {
		if (scratch.directories().isEmpty()) {
			return List.of();
		}
		ScratchDirectories.Outcome outcome = scratch.setAside(clock.instant());
		outcome.problems().forEach(logger::warn);
		if (!outcome.moved().isEmpty() || outcome.problems().isEmpty()) {
			String names = outcome.moved().stream().map(Path::toString).collect(Collectors.joining(", "));
			logger
				.warn("After " + journal.uncleanInARow() + " unclean ends in a row scratch directories are set aside: "
						+ (names.isEmpty() ? "they are empty" : names));
			journal.note(Milestone.SET_ASIDE, names);
		}
		return outcome.moved();
	}

	private void join() {
		this.context.getBeanFactory().registerSingleton(BEAN, this);
		this.context.addApplicationListener(this);
		if (this.context.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
			// Beans are destroyed in reverse order: being the first, this is the last.
			registry.registerDisposableBean(BEAN, this);
		}
		try {
			SpringApplication.getShutdownHandlers().add(this.jvmEnds);
		}
		catch (IllegalStateException ex) {
			this.journal.note(Milestone.GIVEN_UP, "the JVM shuts down");
		}
	}

	/**
	 * Return the journal.
	 * @return the journal of the application
	 */
	public Journal journal() {
		return this.journal;
	}

	/**
	 * Return what was set aside at this start.
	 * @return the new names of scratch directories, empty if none was set aside
	 */
	public List<Path> setAside() {
		return this.setAside;
	}

	@Override
	public int getOrder() {
		return Orders.JOURNAL;
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return ContextRefreshedEvent.class.isAssignableFrom(eventType)
				|| ApplicationReadyEvent.class.isAssignableFrom(eventType)
				|| ApplicationFailedEvent.class.isAssignableFrom(eventType);
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationReadyEvent) {
			if (!this.lifecycle.state().isShuttingDown()) {
				this.journal.note(Milestone.READY, "");
			}
		}
		else if (event instanceof ApplicationFailedEvent failed) {
			failed(failed.getException());
		}
		else if (event instanceof ContextRefreshedEvent now && now.getApplicationContext() == this.context) {
			this.refreshed = true;
			this.journal.previous().ifPresent(this::publish);
		}
	}

	private void publish(Run previous) {
		Attempt.run("listener of the previous run",
				() -> this.context.publishEvent(new PreviousRunEvent(this.context, previous, this.setAside)));
	}

	private void failed(Throwable exception) {
		boolean inOrder = exception instanceof DependenciesMissingException || !detach();
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(exception);
		String reason = cause.getClass().getSimpleName() + ": " + Redaction.text(String.valueOf(cause.getMessage()));
		this.journal.note(inOrder ? Milestone.GIVEN_UP : Milestone.FAILED, reason);
		this.journal.close();
	}

	@Override
	public void quiescing(ShutdownReport report) {
		this.journal.note(Milestone.QUIESCING, report.trigger().id());
	}

	@Override
	public void halting(int exitCode) {
		this.journal.note(Milestone.HALTED, String.format(Locale.ROOT, "at its deadline, exit code %d", exitCode));
	}

	/** A refresh that fails destroys the beans, too; the failure is told of later. */
	@Override
	public void destroy() {
		if (this.refreshed) {
			end(Milestone.CLEAN, "");
			detach();
		}
	}

	/**
	 * Do without the end of the JVM.
	 * @return {@code false} if the JVM is about to end
	 */
	private boolean detach() {
		try {
			SpringApplication.getShutdownHandlers().remove(this.jvmEnds);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	private void jvmEnds() {
		end(this.refreshed ? Milestone.CLEAN : Milestone.GIVEN_UP, "the JVM was shut down");
	}

	private void end(Milestone milestone, String detail) {
		Attempt.run("journal", () -> {
			this.journal.note(milestone, detail);
			this.journal.close();
		});
	}

}

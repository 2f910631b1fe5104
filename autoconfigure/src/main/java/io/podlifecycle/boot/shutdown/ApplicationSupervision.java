package io.podlifecycle.boot.shutdown;

import java.util.function.Supplier;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.GracefulShutdown;
import io.podlifecycle.shutdown.LifecycleState;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.ShutdownSupervisor;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.work.InFlight;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.PriorityOrdered;

/**
 * Moves a supervised application through its states as its context does, from before the
 * refresh on. The close of the context triggers the shutdown before any other listener is
 * called: before those that close meter registries, schedulers and executors, and never
 * asynchronously. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Internal
public final class ApplicationSupervision implements SmartApplicationListener, PriorityOrdered, DisposableBean {

	private static final Log logger = LogFactory.getLog(ApplicationSupervision.class);

	private static final String BEAN = "podLifecycleSupervision";

	private final ConfigurableApplicationContext context;

	private final SupervisionSettings settings;

	private final SupervisedApplication application;

	private final ShutdownReporter reporter;

	private final OverdueReport overdue;

	private final PhaseTimeouts phaseTimeouts;

	private final Runners runners = new Runners();

	private final Runnable terminated;

	private volatile boolean refreshed;

	private ApplicationSupervision(ConfigurableApplicationContext context, SupervisionSettings settings) {
		this.context = context;
		this.settings = settings;
		this.application = SupervisedApplication.create(settings.policy(), settings.total(), this::reportOverdue);
		this.reporter = new ShutdownReporter(new TerminationMessage(settings.terminationMessage(), settings.format()),
				this.application);
		this.phaseTimeouts = new PhaseTimeouts(context, this.reporter::serverStops);
		this.overdue = new OverdueReport(context, this.reporter, this.phaseTimeouts);
		this.terminated = this.reporter::terminated;
	}

	/**
	 * Supervise the application of a context that is not refreshed yet: install the
	 * signal handler, and let no bean be created and no web server be started after a
	 * stop signal.
	 * @param context the context
	 * @param settings how to supervise it
	 */
	public static void install(ConfigurableApplicationContext context, SupervisionSettings settings) {
		install(context, settings, ShutdownSupervisor.JVM);
	}

	static void install(ConfigurableApplicationContext context, SupervisionSettings settings,
			ShutdownSupervisor supervisor) {
		ApplicationSupervision supervision = register(context, settings);
		if (settings.policy().process()) {
			context.getBeanFactory().registerSingleton("podLifecycleShutdownReporter", supervision.reporter);
			if (settings.policy().halts()) {
				context.getBeanFactory().registerSingleton("podLifecycleOverdueReport", supervision.overdue);
			}
			context.getBeanFactory().addBeanPostProcessor(new BeanCreationRefusal(supervision));
			context.getBeanFactory()
				.registerSingleton("podLifecycleWebServerStartRefusal", new WebServerStartRefusal(supervision));
			supervision.addShutdownHandler();
			supervision.application.install(supervisor);
		}
	}

	/**
	 * Return the supervision of a context; one that was not installed before it was
	 * refreshed drains when it is closed.
	 * @param context the context
	 * @return its supervision
	 */
	public static ApplicationSupervision of(ConfigurableApplicationContext context) {
		ApplicationSupervision present = find(context);
		return (present != null) ? present : register(context, SupervisionSettings.ofContextOnly(true));
	}

	/** After a refresh that has failed there are no singletons, but still listeners. */
	static @Nullable ApplicationSupervision find(@Nullable ConfigurableApplicationContext context) {
		return (context instanceof AbstractApplicationContext abstractContext)
				? abstractContext.getApplicationListeners()
					.stream()
					.filter(ApplicationSupervision.class::isInstance)
					.map(ApplicationSupervision.class::cast)
					.findFirst()
					.orElse(null)
				: null;
	}

	private static ApplicationSupervision register(ConfigurableApplicationContext context,
			SupervisionSettings settings) {
		ApplicationSupervision supervision = new ApplicationSupervision(context, settings);
		if (settings.drains()) {
			context.getBeanFactory().registerSingleton("podLifecyclePhaseTimeouts", supervision.phaseTimeouts);
			context.getBeanFactory().registerSingleton("podLifecycleRunners", supervision.runners);
		}
		context.addApplicationListener(supervision);
		if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry registry) {
			// Beans are destroyed in reverse order: being the first, this is the last.
			registry.registerDisposableBean(BEAN, supervision);
		}
		return supervision;
	}

	/**
	 * The wait is over, and the context is about to be refreshed.
	 * @param context the context
	 */
	public static void refreshing(ConfigurableApplicationContext context) {
		ApplicationSupervision supervision = find(context);
		if (supervision != null) {
			supervision.application.lifecycle().advanceTo(LifecycleState.REFRESHING);
		}
	}

	/**
	 * The start has failed, maybe before the context was refreshed and can be closed.
	 * @param context the context, if there is one
	 */
	public static void failed(@Nullable ConfigurableApplicationContext context) {
		ApplicationSupervision supervision = find(context);
		if (supervision != null) {
			supervision.destroy();
		}
	}

	/**
	 * Return the application.
	 * @return the supervised application
	 */
	public SupervisedApplication application() {
		return this.application;
	}

	/**
	 * Return whether Boot's JVM shutdown hook closes the context.
	 * @return {@code false} if the application has opted out, or runs in a container
	 */
	public boolean isClosedByBoot() {
		return BootShutdownHook.closes(this.context);
	}

	/**
	 * Return whether the application runs in an external servlet container.
	 * @return {@code true} if its process is not its own
	 */
	public boolean isInContainer() {
		return this.settings.drains() && !this.settings.policy().process();
	}

	/**
	 * Throw an exception if the start is cancelled.
	 * @param consequence what does not happen then
	 */
	void refuseIfStartIsCancelled(Supplier<String> consequence) {
		if (!this.refreshed && this.application.isStartCancelled()) {
			String trigger = this.application.trigger().map(Trigger::toString).orElse("an exit of the JVM");
			logger.info("The start ends on " + trigger + ": " + consequence.get());
			throw new StartCancelledException(consequence.get());
		}
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return ContextRefreshedEvent.class.isAssignableFrom(eventType)
				|| ContextClosedEvent.class.isAssignableFrom(eventType)
				|| ApplicationStartedEvent.class.isAssignableFrom(eventType)
				|| AvailabilityChangeEvent.class.isAssignableFrom(eventType);
	}

	@Override
	public int getOrder() {
		return Orders.SUPERVISION;
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ContextRefreshedEvent now && isOurs(now.getApplicationContext())) {
			started();
		}
		else if (event instanceof ApplicationStartedEvent now && isOurs(now.getApplicationContext())) {
			running(now.getSpringApplication());
		}
		else if (event instanceof ContextClosedEvent now && isOurs(now.getApplicationContext())) {
			closing();
		}
		else if (event instanceof AvailabilityChangeEvent<?> changed
				&& changed.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			this.application.lifecycle().advanceTo(LifecycleState.READY);
			this.runners.end();
		}
	}

	private boolean isOurs(ApplicationContext other) {
		return other == this.context;
	}

	private void started() {
		this.refreshed = true;
		// That of a parent context is attached there.
		this.context.getBeansOfType(GracefulShutdown.class)
			.values()
			.forEach((shutdown) -> this.application.attach(shutdown,
					this.context.getBean(ShutdownSettings.class).budget().total()));
		this.overdue.started(this.context.getBeanProvider(HaltListener.class).orderedStream().toList());
		this.application.lifecycle().advanceTo(LifecycleState.STARTING);
	}

	/** Where there is a web server, it serves already, and is what is waited for. */
	private void running(SpringApplication application) {
		if (this.settings.drains() && application.getWebApplicationType() == WebApplicationType.NONE
				&& this.context.getEnvironment()
					.getProperty("pod-lifecycle.shutdown.participants.runners.enabled", Boolean.class, true)) {
			this.context.getBeanProvider(InFlight.class).ifAvailable(this.runners::begin);
		}
	}

	private void closing() {
		if (this.settings.drains()) {
			Attempt.run("runners", () -> this.runners.closing(this.application.isStartCancelled()));
			// A failure must not keep the close from other listeners.
			Attempt.run("graceful shutdown", () -> this.phaseTimeouts.closing(this.application.closing()));
		}
	}

	private void reportOverdue() {
		this.overdue.report();
	}

	private void addShutdownHandler() {
		try {
			SpringApplication.getShutdownHandlers().add(this.terminated);
		}
		catch (IllegalStateException ex) {
			// The JVM exits already.
		}
	}

	@Override
	public void destroy() {
		this.runners.end();
		this.application.uninstall();
		try {
			// A runner whose application was stopped may close the context itself.
			if (this.application.trigger().filter(Trigger::isTermination).isEmpty()) {
				SpringApplication.getShutdownHandlers().remove(this.terminated);
			}
		}
		catch (IllegalStateException ex) {
			// The JVM exits, and will call it.
		}
	}

}

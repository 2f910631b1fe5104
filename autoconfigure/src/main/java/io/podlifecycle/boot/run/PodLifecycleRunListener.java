package io.podlifecycle.boot.run;

import java.util.function.Consumer;

import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import io.podlifecycle.boot.shutdown.SupervisionStarter;
import io.podlifecycle.boot.startup.DependencyWaitStarter;
import io.podlifecycle.earlyprobe.EarlyProbes;
import io.podlifecycle.journal.JournalStarter;
import io.podlifecycle.journal.Milestone;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * {@link SpringApplicationRunListener} that starts the parts of the library that exist
 * before beans do. Their order, in which none needs a later one:
 * <ol>
 * <li>The environment is prepared: the early probe server.</li>
 * <li>The context is prepared: all properties are bound and validated; the supervisor
 * with its signal handler.</li>
 * <li>The context is loaded, and all listeners were told, Docker Compose support among
 * them: the journal and the wait for dependencies.</li>
 * <li>The context is refreshed: beans attach to the supervisor.</li>
 * </ol>
 * It is called after Boot's own run listener, which publishes the events.
 */
final class PodLifecycleRunListener implements SpringApplicationRunListener, Ordered {

	private final EarlyProbes probes;

	private PodLifecycleProperties properties = new PodLifecycleProperties();

	PodLifecycleRunListener(SpringApplication application, String[] arguments) {
		this.probes = new EarlyProbes(application);
	}

	@Override
	public int getOrder() {
		return Orders.RUN_LISTENER;
	}

	@Override
	public void environmentPrepared(ConfigurableBootstrapContext bootstrapContext,
			ConfigurableEnvironment environment) {
		this.probes.start(environment);
	}

	@Override
	public void contextPrepared(ConfigurableApplicationContext context) {
		this.properties = PropertyValidation.validate(context);
		SupervisionStarter.start(context, this.properties.getShutdown());
	}

	@Override
	public void contextLoaded(ConfigurableApplicationContext context) {
		Consumer<Milestone> journal = JournalStarter.start(context, this.properties.getJournal());
		DependencyWaitStarter.start(context, this.properties.getStartup(), this.probes,
				() -> journal.accept(Milestone.WAITING), () -> journal.accept(Milestone.WAITED));
		ApplicationSupervision.refreshing(context);
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		this.probes.close();
		ApplicationSupervision.failed(context);
	}

}

package io.podlifecycle.autoconfigure;

import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * {@link SpringApplicationRunListener} that starts the parts of the library that exist
 * before beans do. Their order, in which none needs a later one:
 * <ol>
 * <li>The context is prepared: the supervisor with its signal handler.</li>
 * <li>The context is loaded, and all listeners were told, Docker Compose support among
 * them: the journal, the early probe server and the wait for dependencies.</li>
 * <li>The context is refreshed: beans attach to the supervisor.</li>
 * </ol>
 * It is called after Boot's own run listener, which publishes the events.
 */
final class PodLifecycleRunListener implements SpringApplicationRunListener, Ordered {

	private final SpringApplication application;

	PodLifecycleRunListener(SpringApplication application, String[] arguments) {
		this.application = application;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void contextPrepared(ConfigurableApplicationContext context) {
		SupervisionStarter.start(context);
	}

	@Override
	public void contextLoaded(ConfigurableApplicationContext context) {
		JournalStarter.start(context);
		DependencyWaitStarter.start(this.application, context);
		ApplicationSupervision.refreshing(context);
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		ApplicationSupervision.failed(context);
	}

}

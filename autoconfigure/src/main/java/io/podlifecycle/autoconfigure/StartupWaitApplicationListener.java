package io.podlifecycle.autoconfigure;

import io.podlifecycle.context.StartupSettings;
import io.podlifecycle.context.StartupWait;
import io.podlifecycle.dependency.Probes;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Waits for the dependencies when the environment is complete and the context is not
 * refreshed yet.
 */
final class StartupWaitApplicationListener implements ApplicationListener<ApplicationPreparedEvent>, Ordered {

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		ConfigurableApplicationContext context = event.getApplicationContext();
		if (isChild(context) || !Activation.ofStartup(context.getEnvironment())) {
			return;
		}
		StartupProperties properties = Binder.get(context.getEnvironment())
			.bindOrCreate("pod-lifecycle.startup", StartupProperties.class);
		StartupSettings settings = new StartupSettingsMapper(properties, Probes.builtIn()).settings();
		if (!settings.dependencies().isEmpty()) {
			new StartupWait(settings).await(context);
		}
	}

	/** The parent, started before, has the same properties and has waited already. */
	private static boolean isChild(ApplicationContext context) {
		return context.getParent() != null;
	}

}

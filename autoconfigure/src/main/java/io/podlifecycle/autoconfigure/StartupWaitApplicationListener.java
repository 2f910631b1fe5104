package io.podlifecycle.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.podlifecycle.context.StartupSettings;
import io.podlifecycle.context.StartupWait;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.probe.ClientProbes;
import io.podlifecycle.probe.QuietClients;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.io.support.SpringFactoriesLoader;

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
		StartupSettings settings = new StartupSettingsMapper(properties, probes(context.getClassLoader()),
				new SslContexts(context))
			.settings();
		if (!settings.dependencies().isEmpty()) {
			QuietClients quiet = QuietClients.silence(loggingSystem(context));
			try {
				new StartupWait(settings).await(context);
			}
			finally {
				quiet.close();
			}
		}
	}

	/** The user's own come first: they win over ours. */
	static Probes probes(@Nullable ClassLoader classLoader) {
		List<ProbeFactory> factories = new ArrayList<>(
				SpringFactoriesLoader.forDefaultResourceLocation(classLoader).load(ProbeFactory.class));
		factories.addAll(Probes.builtIn());
		factories.addAll(ClientProbes.factories(classLoader));
		return new Probes(factories);
	}

	private static @Nullable LoggingSystem loggingSystem(ConfigurableApplicationContext context) {
		return (LoggingSystem) context.getBeanFactory()
			.getSingleton(LoggingApplicationListener.LOGGING_SYSTEM_BEAN_NAME);
	}

	/** The parent, started before, has the same properties and has waited already. */
	private static boolean isChild(ApplicationContext context) {
		return context.getParent() != null;
	}

}

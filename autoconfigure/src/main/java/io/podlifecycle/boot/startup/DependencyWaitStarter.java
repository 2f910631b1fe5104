package io.podlifecycle.boot.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Activation;
import io.podlifecycle.boot.OnClose;
import io.podlifecycle.boot.ParentContext;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.earlyprobe.EarlyProbes;
import io.podlifecycle.probe.ClientProbes;
import io.podlifecycle.probe.ProbeLogSilencer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Waits for the dependencies, when the environment is complete and the context is not
 * refreshed yet.
 */
@Internal
public final class DependencyWaitStarter {

	private DependencyWaitStarter() {
	}

	/**
	 * Wait.
	 * @param context the context that is about to be refreshed
	 * @param properties the properties of the start
	 * @param probes the early probe server, told of what is missing
	 * @param onStart is run before dependencies are waited for
	 * @param onEnd is run when they have been waited for
	 */
	public static void start(ConfigurableApplicationContext context, StartupProperties properties, EarlyProbes probes,
			Runnable onStart, Runnable onEnd) {
		// A parent has the same properties, and has waited, unless it is Spring Cloud's.
		boolean hasWaited = ParentContext.beanOf(StartupWait.class, context) != null;
		if (hasWaited || !Activation.ofStartup(context.getEnvironment())) {
			probes.close();
			return;
		}
		StartupSettings settings = settings(properties, () -> probes(context.getClassLoader()), context);
		StartupWait wait = new StartupWait(settings);
		context.getBeanFactory().registerSingleton("podLifecycleStartupWait", wait);
		probes.handOver(context, wait::missing);
		boolean awaitsHealth = !properties.getAwaitHealth().isEmpty();
		if (awaitsHealth || settings.hasDependencies()) {
			onStart.run();
			awaitQuietly(wait, awaitsHealth, context);
			onEnd.run();
		}
	}

	private static void awaitQuietly(StartupWait wait, boolean awaitsHealth, ConfigurableApplicationContext context) {
		ProbeLogSilencer quiet = ProbeLogSilencer.silence(loggingSystem(context));
		boolean goesOn = false;
		try {
			goesOn = (wait.await(context) || awaitsHealth) && quiet.sparesOthers();
		}
		finally {
			if (!goesOn) {
				quiet.close();
			}
		}
		if (goesOn) {
			context.addApplicationListener(new OnClose(context, quiet::close));
		}
	}

	public static StartupSettings settings(StartupProperties properties, Supplier<Probes> probes,
			ConfigurableApplicationContext context) {
		return new StartupSettingsMapper(properties, () -> new DependencyMapper(properties, probes.get(), context))
			.settings();
	}

	private static @Nullable LoggingSystem loggingSystem(ConfigurableApplicationContext context) {
		return (LoggingSystem) context.getBeanFactory()
			.getSingleton(LoggingApplicationListener.LOGGING_SYSTEM_BEAN_NAME);
	}

	/** The user's own come first: they win over ours. */
	public static Probes probes(@Nullable ClassLoader classLoader) {
		List<ProbeFactory> factories = new ArrayList<>(
				SpringFactoriesLoader.forDefaultResourceLocation(classLoader).load(ProbeFactory.class));
		factories.addAll(Probes.builtIn());
		factories.addAll(ClientProbes.factories(classLoader));
		return new Probes(factories);
	}

}

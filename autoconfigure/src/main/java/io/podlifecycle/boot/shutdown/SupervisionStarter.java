package io.podlifecycle.boot.shutdown;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Activation;
import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.boot.ShutdownTrigger;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Begins to supervise an application, before any of its beans exists.
 */
@Internal
public final class SupervisionStarter {

	private SupervisionStarter() {
	}

	public static void start(ConfigurableApplicationContext context, ShutdownProperties properties) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (Activation.ofShutdown(environment)) {
			ApplicationSupervision.install(context, Activation.isProcess(context) ? settings(properties, environment)
					: SupervisionSettings.ofContextOnly(Activation.isAllowedHere(environment)));
		}
	}

	private static SupervisionSettings settings(ShutdownProperties properties, ConfigurableEnvironment environment) {
		boolean onKubernetes = CloudPlatform.KUBERNETES.isActive(environment);
		boolean signals = properties.getTrigger() == ShutdownTrigger.SIGNAL
				&& environment.getProperty("spring.main.register-shutdown-hook", Boolean.class, true);
		return new SupervisionSettings(new Policy(true, onKubernetes, signals, onKubernetes), true,
				GracePeriod.of(properties, onKubernetes).afterSigterm().minus(properties.getReserve()),
				properties.getTerminationMessage().getPath(), properties.getTerminationMessage().getFormat());
	}

}

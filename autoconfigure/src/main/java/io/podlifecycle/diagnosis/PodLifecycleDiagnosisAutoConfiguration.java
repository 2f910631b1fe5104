package io.podlifecycle.diagnosis;

import java.nio.file.Path;
import java.util.List;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import io.podlifecycle.boot.shutdown.GracePeriod;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.shutdown.GraceBudget;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.work.ObservedWork;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnCloudPlatform;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for warnings, in a pod, about what
 * stands in the way of an orderly end.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Orders.AUTO_CONFIGURATION)
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnCloudPlatform(CloudPlatform.KUBERNETES)
@ConditionalOnShutdown
@ConditionalOnBooleanProperty(name = "pod-lifecycle.diagnosis.enabled", matchIfMissing = true)
public final class PodLifecycleDiagnosisAutoConfiguration {

	@Bean
	Diagnosis podLifecycleDiagnosis(ConfigurableApplicationContext context,
			SupervisedApplication podLifecycleApplication, PodLifecycleProperties properties,
			ShutdownSettings podLifecycleShutdownSettings, Environment environment) {
		ApplicationSupervision supervision = ApplicationSupervision.of(context);
		GraceBudget budget = podLifecycleShutdownSettings.budget();
		return new Diagnosis(List.of(new ShellAsPid1Check(Path.of("/proc"), ProcessHandle.current().pid()),
				new SignalHandlerCheck(podLifecycleApplication::isSignalHandlerMissing),
				new ContextCloseCheck(supervision::isClosedByBoot, supervision::isInContainer),
				new DrainBudgetCheck(budget),
				new GracePeriodCheck(budget, GracePeriod.isTold(properties.getShutdown())),
				PropertyCheck.immediateServerShutdown(environment), PropertyCheck.probesOff(environment)));
	}

	@Bean
	PreStopSleepWarning podLifecyclePreStopSleepWarning(PodLifecycleProperties properties,
			ObservedWork podLifecycleObservedWork, ShutdownSettings podLifecycleShutdownSettings) {
		return new PreStopSleepWarning(podLifecycleObservedWork.traffic(),
				podLifecycleShutdownSettings.budget().gracePeriod(),
				properties.getShutdown().getPreStopDelay() != null);
	}

}

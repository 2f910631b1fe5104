package io.podlifecycle.diagnosis;

import java.nio.file.Path;

import io.podlifecycle.boot.ConditionalOnShutdown;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import io.podlifecycle.boot.shutdown.GracePeriod;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.shutdown.ShutdownSettings;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.work.ObservedWork;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
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
@AutoConfiguration(after = PodLifecycleAutoConfiguration.class)
@ConditionalOnCloudPlatform(CloudPlatform.KUBERNETES)
@ConditionalOnShutdown
@ConditionalOnBooleanProperty(name = "pod-lifecycle.diagnosis.enabled", matchIfMissing = true)
public final class PodLifecycleDiagnosisAutoConfiguration {

	@Bean
	Check podLifecycleShellAsPid1Check() {
		return new ShellAsPid1Check(Path.of("/proc"), ProcessHandle.current().pid());
	}

	@Bean
	Check podLifecycleSignalHandlerCheck(SupervisedApplication podLifecycleApplication) {
		return new SignalHandlerCheck(podLifecycleApplication::isSignalHandlerMissing);
	}

	@Bean
	Check podLifecycleContextCloseCheck(ConfigurableApplicationContext context) {
		ApplicationSupervision supervision = ApplicationSupervision.of(context);
		return new ContextCloseCheck(supervision::isClosedByBoot, supervision::isInContainer);
	}

	@Bean
	Check podLifecycleDrainBudgetCheck(ShutdownSettings podLifecycleShutdownSettings) {
		return new DrainBudgetCheck(podLifecycleShutdownSettings.budget());
	}

	@Bean
	Check podLifecycleGracePeriodCheck(PodLifecycleProperties properties,
			ShutdownSettings podLifecycleShutdownSettings) {
		return new GracePeriodCheck(podLifecycleShutdownSettings.budget(),
				GracePeriod.isTold(properties.getShutdown()));
	}

	@Bean
	PreStopSleepWarning podLifecyclePreStopSleepWarning(PodLifecycleProperties properties,
			ObservedWork podLifecycleObservedWork, ShutdownSettings podLifecycleShutdownSettings) {
		return new PreStopSleepWarning(podLifecycleObservedWork.traffic(),
				podLifecycleShutdownSettings.budget().gracePeriod(),
				properties.getShutdown().getPreStopDelay() != null);
	}

	@Bean
	Check podLifecycleServerShutdownCheck(Environment environment) {
		return PropertyCheck.immediateServerShutdown(environment);
	}

	@Bean
	Check podLifecycleProbesCheck(Environment environment) {
		return PropertyCheck.probesOff(environment);
	}

	@Bean
	Diagnosis podLifecycleDiagnosis(ObjectProvider<Check> checks) {
		return new Diagnosis(checks.orderedStream().toList());
	}

}

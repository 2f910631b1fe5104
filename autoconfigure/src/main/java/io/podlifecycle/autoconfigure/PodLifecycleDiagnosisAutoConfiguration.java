package io.podlifecycle.autoconfigure;

import java.nio.file.Path;

import io.podlifecycle.context.ShutdownDoors;
import io.podlifecycle.diagnosis.Check;
import io.podlifecycle.diagnosis.DeafToSigterm;
import io.podlifecycle.diagnosis.Diagnosis;
import io.podlifecycle.diagnosis.NoTimeToDrain;
import io.podlifecycle.diagnosis.PropertyCheck;
import io.podlifecycle.diagnosis.ShellAsInit;
import io.podlifecycle.drain.ShutdownSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnCloudPlatform;
import org.springframework.boot.cloud.CloudPlatform;
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
	Check podLifecycleShellAsInitCheck() {
		return new ShellAsInit(Path.of("/proc"), ProcessHandle.current().pid());
	}

	@Bean
	Check podLifecycleSigtermCheck(ShutdownDoors podLifecycleShutdownDoors) {
		return new DeafToSigterm(podLifecycleShutdownDoors::isDeaf);
	}

	@Bean
	Check podLifecycleTimeToDrainCheck(ShutdownSettings podLifecycleShutdownSettings) {
		return new NoTimeToDrain(podLifecycleShutdownSettings.budget());
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

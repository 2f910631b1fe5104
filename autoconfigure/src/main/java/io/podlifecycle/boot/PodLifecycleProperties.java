package io.podlifecycle.boot;

import io.podlifecycle.Internal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * {@link ConfigurationProperties} of the pod life cycle. In all of them a bare number is
 * a number of seconds, as everywhere in Kubernetes.
 *
 * @since 0.1.0
 */
@Internal
@ConfigurationProperties("pod-lifecycle")
public class PodLifecycleProperties {

	/**
	 * Whether to enable the pod life cycle.
	 */
	private boolean enabled = true;

	/**
	 * Whether to wait for dependencies and to handle SIGTERM in tests, too.
	 */
	private boolean enabledInTests;

	@NestedConfigurationProperty
	private final StartupProperties startup = new StartupProperties();

	@NestedConfigurationProperty
	private final ShutdownProperties shutdown = new ShutdownProperties();

	private final Diagnosis diagnosis = new Diagnosis();

	@NestedConfigurationProperty
	private final JournalProperties journal = new JournalProperties();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public boolean isEnabledInTests() {
		return this.enabledInTests;
	}

	public void setEnabledInTests(boolean enabledInTests) {
		this.enabledInTests = enabledInTests;
	}

	public StartupProperties getStartup() {
		return this.startup;
	}

	public ShutdownProperties getShutdown() {
		return this.shutdown;
	}

	public Diagnosis getDiagnosis() {
		return this.diagnosis;
	}

	public JournalProperties getJournal() {
		return this.journal;
	}

	/**
	 * Warnings about what stands in the way of an orderly end.
	 */
	public static class Diagnosis {

		/**
		 * Whether to check at startup for set-ups that prevent a graceful shutdown.
		 * Applies on Kubernetes.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}

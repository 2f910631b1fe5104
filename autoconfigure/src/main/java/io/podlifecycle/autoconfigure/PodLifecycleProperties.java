package io.podlifecycle.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * {@link ConfigurationProperties} of the pod life cycle. In all of them a bare number is
 * a number of seconds, as everywhere in Kubernetes.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("pod-lifecycle")
public class PodLifecycleProperties {

	/**
	 * Whether the library does anything at all.
	 */
	private boolean enabled = true;

	/**
	 * Whether the wait for dependencies and the SIGTERM handler are also there in
	 * {@code @SpringBootTest}.
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
		 * Whether to look, in a pod, for what stands in the way of an orderly end.
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

package io.podlifecycle.diagnosis;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Looks at the surroundings of an application once it has started, and writes one WARN
 * for each finding.
 *
 * @since 0.1.0
 */
public final class Diagnosis implements ApplicationListener<ApplicationStartedEvent> {

	private static final Log logger = LogFactory.getLog(Diagnosis.class);

	private final List<Check> checks;

	/**
	 * Create a diagnosis.
	 * @param checks what to look at
	 */
	public Diagnosis(List<Check> checks) {
		this.checks = List.copyOf(checks);
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		this.checks.forEach((check) -> check.look().ifPresent(logger::warn));
	}

}

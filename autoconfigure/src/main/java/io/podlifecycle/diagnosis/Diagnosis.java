package io.podlifecycle.diagnosis;

import java.util.List;

import io.podlifecycle.boot.Attempt;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Looks at the surroundings of an application when it is ready, and writes one WARN for
 * each finding.
 *
 * @since 0.1.0
 */
final class Diagnosis implements ApplicationListener<ApplicationReadyEvent> {

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
	public void onApplicationEvent(ApplicationReadyEvent event) {
		this.checks.forEach((check) -> Attempt.run("check of the pod", () -> check.look().ifPresent(logger::warn)));
	}

}

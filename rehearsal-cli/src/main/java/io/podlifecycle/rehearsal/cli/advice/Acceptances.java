package io.podlifecycle.rehearsal.cli.advice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules whose findings a user accepts, each with a reason.
 */
final class Acceptances {

	private static final String ANNOTATION = "accept.podlifecycle.io/";

	private final Map<Rule, String> reasons = new LinkedHashMap<>();

	/**
	 * Reads the annotations of a workload and of its pods.
	 * @throws IllegalArgumentException if one names no rule, or has no reason
	 */
	static Acceptances of(Workload workload) {
		Acceptances acceptances = new Acceptances();
		for (Node resource : List.of(workload.root(), workload.template())) {
			resource.get("metadata").get("annotations").texts(false).forEach((name, reason) -> {
				if (name.startsWith(ANNOTATION)) {
					acceptances.add(name.substring(ANNOTATION.length()), reason);
				}
			});
		}
		return acceptances;
	}

	/**
	 * Adds an acceptance.
	 * @param id the id of a rule
	 * @param reason why its findings are accepted
	 * @throws IllegalArgumentException if there is no such rule, or no reason
	 */
	void add(String id, String reason) {
		Rule rule = Rule.of(id);
		if (reason.isBlank()) {
			throw new IllegalArgumentException(id + " cannot be accepted without a reason");
		}
		this.reasons.put(rule, reason);
	}

	Finding applyTo(Finding finding) {
		return finding.accept(this.reasons.getOrDefault(finding.rule(), finding.acceptance()));
	}

	/**
	 * Checks that there is a finding for each acceptance.
	 * @throws IllegalArgumentException if one has none
	 */
	void requireAllIn(List<Finding> findings) {
		this.reasons.keySet().forEach((rule) -> {
			if (findings.stream().noneMatch((finding) -> finding.rule() == rule)) {
				throw new IllegalArgumentException(
						rule.id() + " is accepted, and there is no such finding. Fix: remove the acceptance");
			}
		});
	}

}

package io.podlifecycle.rehearsal.cli.advice;

import java.util.List;

/**
 * Reports configuration of the application that is not among the files that were given.
 */
final class ConfigurationCheck implements Check {

	@Override
	public List<Finding> check(AppContainer app) {
		return app.unknown()
			.entrySet()
			.stream()
			.map((unknown) -> app.finding(Rule.CONFIGURATION_UNKNOWN, unknown.getKey(), unknown.getValue() + ".",
					unknown.getKey().path().endsWith(".workingDir")
							? "set workingDir, or SPRING_CONFIG_ADDITIONAL_LOCATION to the directory of the file"
							: "give its ConfigMap or Secret with the manifests, and check by hand what comes from "
									+ "elsewhere"))
			.toList();
	}

}

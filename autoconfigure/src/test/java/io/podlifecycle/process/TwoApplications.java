package io.podlifecycle.process;

import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;

/**
 * Two {@link ServiceApplication}s in one JVM.
 */
final class TwoApplications {

	private TwoApplications() {
	}

	public static void main(String[] args) {
		SpringApplication.run(ServiceApplication.class, args);
		String[] other = args.clone();
		for (int i = 0; i < other.length; i++) {
			other[i] = other[i].startsWith("--server.port=") ? "--server.port=0" : other[i];
		}
		SpringApplication.run(ServiceApplication.class, other);
		LogFactory.getLog(TwoApplications.class).info("Both are there");
	}

}

package io.podlifecycle.process;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that is restarted within its JVM, and tells what the JVM has of it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(ServletEndpoints.class)
@RestController
class RestartedApplication {

	/** Of the JVM: the classes are new after each restart. */
	private static final String LAUNCHES = "app.launches";

	private final String state;

	RestartedApplication(@Value("${app.word}") String word) {
		int launch = Integer.getInteger(LAUNCHES, 0) + 1;
		System.setProperty(LAUNCHES, String.valueOf(launch));
		this.state = word + ", launch " + launch;
	}

	public static void main(String[] args) {
		SpringApplication.run(RestartedApplication.class, args);
	}

	@GetMapping("/state")
	String state() {
		return this.state;
	}

	@GetMapping("/traces")
	String traces() throws ReflectiveOperationException {
		return JvmTraces.describe();
	}

	/** Threads may take a moment to end. */
	@GetMapping("/traces/are")
	ResponseEntity<String> tracesAre(@RequestParam String expected) throws ReflectiveOperationException {
		String traces = traces();
		return ResponseEntity.status(traces.equals(expected) ? 200 : 503).body(traces);
	}

}

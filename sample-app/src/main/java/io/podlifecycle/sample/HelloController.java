package io.podlifecycle.sample;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says which pod answers, without asking anybody else: an answer that fails is this pod's
 * own failure.
 */
@RestController
class HelloController {

	private final String pod;

	HelloController(@Value("${HOSTNAME:localhost}") String pod) {
		this.pod = pod;
	}

	@GetMapping(path = "/hello", produces = MediaType.TEXT_PLAIN_VALUE)
	String hello() {
		return "Hello from " + this.pod + "\n";
	}

}

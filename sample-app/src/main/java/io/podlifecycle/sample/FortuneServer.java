package io.podlifecycle.sample;

import java.time.Instant;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The fortune server, which depends on nothing.
 */
@RestController
@Profile("server")
class FortuneServer {

	@GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
	String fortune() {
		return Fortunes.at(Instant.now());
	}

}

package io.podlifecycle.sample;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientException;

/**
 * Answers a fortune, or says that there is none. Waiting at the start does not mean that
 * the fortune server answers ever after.
 */
@RestController
@Profile("!server")
class FortuneController {

	private static final Log logger = LogFactory.getLog(FortuneController.class);

	private final FortuneClient client;

	FortuneController(FortuneClient client) {
		this.client = client;
	}

	@GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
	ResponseEntity<String> fortune() {
		try {
			return ResponseEntity.ok(this.client.fortune());
		}
		catch (RestClientException ex) {
			logger.debug("No fortune", ex);
			return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
				.header(HttpHeaders.RETRY_AFTER, "1")
				.body("No fortune now: the fortune server does not answer.\n");
		}
	}

}

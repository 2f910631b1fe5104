package io.podlifecycle.sample;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Logs a fortune every ten seconds: work that no request asks for.
 */
@Component
@Profile("!server")
class FortunePoll {

	private static final Log logger = LogFactory.getLog(FortunePoll.class);

	private final FortuneClient client;

	FortunePoll(FortuneClient client) {
		this.client = client;
	}

	@Scheduled(fixedRateString = "${sample.poll-interval}")
	void poll() {
		try {
			logger.info("Fortune: " + this.client.fortune());
		}
		catch (RestClientException ex) {
			logger.warn("No fortune: " + ex.getMessage());
		}
	}

}

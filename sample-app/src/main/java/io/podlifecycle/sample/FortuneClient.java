package io.podlifecycle.sample;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Fetches fortunes from the service that the application waited for when it started.
 */
@Component
@Profile("!server")
class FortuneClient {

	private final RestClient http;

	FortuneClient(RestClient.Builder http, @Value("${pod-lifecycle.startup.dependencies.fortune}") String url) {
		this.http = http.baseUrl(url).build();
	}

	String fortune() {
		@Nullable String fortune = this.http.get().accept(MediaType.TEXT_PLAIN).retrieve().body(String.class);
		if (fortune == null) {
			throw new RestClientException("The fortune server answered nothing");
		}
		return fortune;
	}

}

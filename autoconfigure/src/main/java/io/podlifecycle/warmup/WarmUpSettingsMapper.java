package io.podlifecycle.warmup;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.Numbers;
import io.podlifecycle.boot.StartupProperties;

/**
 * Makes immutable, validated settings out of the properties of the warm-up.
 */
@Internal
public final class WarmUpSettingsMapper {

	private static final String PREFIX = "pod-lifecycle.startup.warm-up.";

	private WarmUpSettingsMapper() {
	}

	public static WarmUpSettings settings(StartupProperties.WarmUp properties) {
		List<WarmUpRequest> requests = new ArrayList<>();
		properties.getPaths().forEach((path) -> requests.add(valid("paths", WarmUpRequest.get(path))));
		for (StartupProperties.WarmUp.Request request : properties.getRequests()) {
			requests.add(valid("requests", new WarmUpRequest(request.getMethod().toUpperCase(Locale.ROOT),
					request.getPath(), request.getHeaders(), request.getBody())));
		}
		return new WarmUpSettings(requests, Numbers.positive(PREFIX + "count", properties.getCount()),
				Numbers.positive(PREFIX + "concurrency", properties.getConcurrency()), properties.isUntilSteady(),
				Durations.positive(PREFIX + "timeout", properties.getTimeout()), properties.isRequired());
	}

	private static WarmUpRequest valid(String property, WarmUpRequest request) {
		if (!request.path().startsWith("/")) {
			throw new InvalidPropertyException(PREFIX + property, request.path(), "it does not start with a slash",
					"Set it to the path as a client sends it, such as /fortunes?limit=1.");
		}
		try {
			request.to(URI.create("http://127.0.0.1"), Duration.ofSeconds(1));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(PREFIX + property, request.path(),
					"its request cannot be sent: " + ex.getMessage(),
					"Correct its method, path and headers. Host and Content-Length are set for you.");
		}
		return request;
	}

}

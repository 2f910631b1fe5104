package io.podlifecycle.web.servlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Names requests without secrets.
 */
final class RequestDescription {

	/** Where Spring MVC keeps the template of the URI, which bears no secrets. */
	private static final String URI_TEMPLATE = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

	private RequestDescription() {
	}

	static String of(HttpServletRequest request) {
		@Nullable Object template = request.getAttribute(URI_TEMPLATE);
		return request.getMethod() + " " + ((template != null) ? template : "(no handler)");
	}

}

package io.podlifecycle.web.servlet;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.HandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What logs, reports and the termination message call a request: nothing that its client
 * has sent but the method.
 */
class RequestDescriptionTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/reset/SECRET");

	RequestDescriptionTests() {
		this.request.setQueryString("token=SECRET");
		this.request.addParameter("token", "SECRET");
		this.request.addHeader("Authorization", "Bearer SECRET");
	}

	@Test
	void aRequestIsNamedByTheTemplateOfItsHandler() {
		this.request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/reset/{token}");
		assertThat(RequestDescription.of(this.request)).isEqualTo("GET /reset/{token}");
	}

	@Test
	void oneWithoutHandlerIsNotNamedByItsPath() {
		assertThat(RequestDescription.of(this.request)).isEqualTo("GET (no handler)");
	}

}

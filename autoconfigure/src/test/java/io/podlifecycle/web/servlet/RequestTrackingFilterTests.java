package io.podlifecycle.web.servlet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.podlifecycle.time.FakeTime;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import io.podlifecycle.work.TrafficRule;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestTrackingFilterTests {

	private final InFlight inFlight = new InFlight(new FakeTime());

	private final Traffic traffic = new Traffic(new FakeTime());

	private final AtomicBoolean quiescing = new AtomicBoolean();

	private final RequestTrackingFilter filter = new RequestTrackingFilter(
			new ObservedWork(this.inFlight, this.traffic),
			new TrafficRule(List.of("/actuator"), List.of(), "/actuator/prestop"), (request) -> null,
			this.quiescing::get, true);

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fortune");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@BeforeEach
	void speakHttp() {
		this.request.setProtocol("HTTP/1.1");
		this.request.setAsyncSupported(true);
	}

	@Test
	void aRequestIsInFlightWhileItIsServed() throws Exception {
		serve((request, response) -> assertThat(this.inFlight.count()).isEqualTo(1));
		assertThat(this.inFlight.count()).isZero();
		assertThat(this.traffic.total()).isEqualTo(1);
	}

	/** Tomcat's sends files without copying them, if it sees the response of Tomcat. */
	@Test
	void theServersOwnServletForFilesSeesTheResponseOfTheServer() throws Exception {
		this.request.setHttpServletMapping(new MockHttpServletMapping("/", "/", "default", MappingMatch.DEFAULT));
		this.quiescing.set(true);
		serve((request, response) -> assertThat(response).isSameAs(this.response));
		assertThat(this.response.getHeader("Connection")).isEqualTo("close");
	}

	@Test
	void aRequestThatFailsIsNotInFlightAnyMore() {
		assertThatExceptionOfType(ServletException.class).isThrownBy(() -> serve((request, response) -> {
			throw new ServletException("failed");
		}));
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	void anAsynchronousRequestIsInFlightUntilItIsCompleted() throws Exception {
		serve((request, response) -> request.startAsync());
		assertThat(this.inFlight.count()).isEqualTo(1);
		asyncContext().complete();
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	void anAsynchronousRequestThatIsDispatchedIsCountedOnce() throws Exception {
		serve((request, response) -> request.startAsync());
		this.request.setDispatcherType(DispatcherType.ASYNC);
		serve((request, response) -> assertThat(this.inFlight.count()).isEqualTo(1));
		asyncContext().complete();
		assertThat(this.inFlight.count()).isZero();
		assertThat(this.traffic.total()).isEqualTo(1);
	}

	private MockAsyncContext asyncContext() {
		MockAsyncContext context = (MockAsyncContext) this.request.getAsyncContext();
		assertThat(context).isNotNull();
		return context;
	}

	@Test
	void aHealthCheckIsInFlightButNoTraffic() throws Exception {
		this.request.setRequestURI("/actuator/health");
		serve((request, response) -> assertThat(this.inFlight.count()).isEqualTo(1));
		assertThat(this.traffic.total()).isZero();
	}

	@Test
	void whileServingClientsMayStay() throws Exception {
		serve((request, response) -> {
		});
		assertThat(this.response.getHeader("Connection")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1", "HTTP/1.0" })
	void whileQuiescingClientsAreAskedToClose(String protocol) throws Exception {
		this.request.setProtocol(protocol);
		this.quiescing.set(true);
		serve((request, response) -> assertThat(this.response.getHeader("Connection")).isEqualTo("close"));
	}

	@Test
	void aClientWhoseAnswerIsNotSentYetWhenQuiescingBeginsIsAskedToClose() throws Exception {
		serve((request, response) -> this.quiescing.set(true));
		assertThat(this.response.getHeader("Connection")).isEqualTo("close");
	}

	@ParameterizedTest
	@MethodSource("answers")
	void aClientWhoseAnswerBeginsAfterQuiescingHasIsAskedToClose(Answer answer) throws Exception {
		serve((request, response) -> {
			this.quiescing.set(true);
			answer.send((HttpServletResponse) response);
			// As a converter of messages does.
			response.flushBuffer();
		});
		assertThat(this.response.isCommitted()).isTrue();
		assertThat(this.response.getHeader("Connection")).isEqualTo("close");
	}

	static Stream<Answer> answers() {
		return Stream.of((response) -> response.getOutputStream().flush(), (response) -> response.getWriter().flush(),
				ServletResponse::flushBuffer, (response) -> response.sendError(404),
				(response) -> response.sendError(404, "Not found"), (response) -> response.sendRedirect("/elsewhere"),
				(response) -> response.sendRedirect("/elsewhere", 303),
				(response) -> response.sendRedirect("/elsewhere", true),
				(response) -> response.sendRedirect("/elsewhere", 303, true));
	}

	@Test
	void anAnswerThatIsOnItsWayIsLeftAlone() throws Exception {
		serve((request, response) -> {
			response.flushBuffer();
			this.quiescing.set(true);
		});
		assertThat(this.response.getHeader("Connection")).isNull();
	}

	@Test
	void anHttp2ClientIsNotSentAHeaderThatBreaksItsStream() throws Exception {
		this.request.setProtocol("HTTP/2.0");
		this.quiescing.set(true);
		serve((request, response) -> {
		});
		assertThat(this.response.getHeader("Connection")).isNull();
	}

	@Test
	void anUpgradeThatQuiescingOvertakesIsNotSentAHeaderThatBreaksIt() throws Exception {
		serve((request, response) -> {
			this.response.setStatus(101);
			this.quiescing.set(true);
		});
		assertThat(this.response.getHeader("Connection")).isNull();
	}

	@Test
	void aResetKeepsTheHeader() throws Exception {
		this.quiescing.set(true);
		serve((request, response) -> {
			response.getOutputStream();
			((HttpServletResponse) response).reset();
			this.response.flushBuffer();
		});
		assertThat(this.response.getHeader("Connection")).isEqualTo("close");
	}

	interface Answer {

		void send(HttpServletResponse response) throws IOException;

	}

	private void serve(FilterChain application) throws Exception {
		this.filter.doFilter(this.request, this.response, application);
	}

}

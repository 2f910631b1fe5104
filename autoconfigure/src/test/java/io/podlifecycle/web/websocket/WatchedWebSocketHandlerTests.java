package io.podlifecycle.web.websocket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.podlifecycle.stream.Streams;
import io.podlifecycle.time.FakeTime;
import jakarta.websocket.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

class WatchedWebSocketHandlerTests {

	private static final String CLOSE_TIMEOUT = "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

	private final FakeTime time = new FakeTime();

	private final Streams streams = new Streams(Duration.ZERO, () -> Duration.ofSeconds(20), Runnable::run, this.time,
			this.time);

	private final WebSocketHandler delegate = mock();

	private final WatchedWebSocketHandler handler = new WatchedWebSocketHandler(this.delegate, this.streams);

	private final WebSocketSession session = mock();

	@BeforeEach
	void open() {
		given(this.session.getId()).willReturn("1");
		given(this.session.getUri()).willReturn(URI.create("/socket?token=secret"));
		given(this.session.isOpen()).willReturn(true);
	}

	@Test
	void aSessionIsClosedByTheDrain() throws Exception {
		this.handler.afterConnectionEstablished(this.session);
		then(this.delegate).should().afterConnectionEstablished(this.session);
		assertThat(this.streams.inFlight()).isEqualTo(1);
		this.streams.drain();
		then(this.session).should().close(CloseStatus.GOING_AWAY);
		assertThat(this.streams.inFlight()).isZero();
		assertThat(this.streams.ended()).isEqualTo(1);
	}

	@Test
	void theContainerGetsMoreTimeToSendTheCloseFrame() throws Exception {
		assertThat(propertiesAfterOpening(new HashMap<>())).containsExactly(Map.entry(CLOSE_TIMEOUT, 1000L));
	}

	@Test
	void aTimeoutOfTheApplicationIsLeftAlone() throws Exception {
		assertThat(propertiesAfterOpening(new HashMap<>(Map.of(CLOSE_TIMEOUT, 20L))))
			.containsExactly(Map.entry(CLOSE_TIMEOUT, 20L));
	}

	private Map<String, Object> propertiesAfterOpening(Map<String, Object> properties) throws Exception {
		Session container = mock();
		given(container.getUserProperties()).willReturn(properties);
		NativeWebSocketSession session = mock();
		given(session.getId()).willReturn("1");
		given(session.isOpen()).willReturn(true);
		given(session.getNativeSession()).willReturn(container);
		this.handler.afterConnectionEstablished(session);
		return properties;
	}

	@Test
	void aSessionThatTheClientClosedIsForgotten() throws Exception {
		this.handler.afterConnectionEstablished(this.session);
		this.handler.afterConnectionClosed(this.session, CloseStatus.NORMAL);
		then(this.delegate).should().afterConnectionClosed(this.session, CloseStatus.NORMAL);
		assertThat(this.streams.inFlight()).isZero();
	}

	@Test
	void aSessionThatOpensDuringTheDrainIsClosedAndNotWaitedFor() throws Exception {
		willAnswer((invocation) -> {
			given(this.session.isOpen()).willReturn(false);
			this.handler.afterConnectionClosed(this.session, CloseStatus.GOING_AWAY);
			return null;
		}).given(this.session).close(CloseStatus.GOING_AWAY);
		this.streams.drain();
		this.handler.afterConnectionEstablished(this.session);
		then(this.session).should().close(CloseStatus.GOING_AWAY);
		assertThat(this.streams.inFlight()).isZero();
	}

	@Test
	void aSessionWhoseClientIsGoneIsNotWaitedFor() throws Exception {
		willThrow(new IOException("Broken pipe")).given(this.session).close(CloseStatus.GOING_AWAY);
		this.handler.afterConnectionEstablished(this.session);
		this.streams.drain();
		assertThat(this.streams.inFlight()).isZero();
		assertThat(this.streams.failed()).isZero();
	}

	@Test
	void aSessionWhoseClientDidNotTakeTheCloseIsCutOff() throws Exception {
		willAnswer((invocation) -> {
			this.handler.handleTransportError(this.session, new IOException(new SocketTimeoutException()));
			this.handler.afterConnectionClosed(this.session, CloseStatus.GOING_AWAY);
			return null;
		}).given(this.session).close(CloseStatus.GOING_AWAY);
		this.handler.afterConnectionEstablished(this.session);
		this.streams.drain();
		assertThat(this.streams.outcome()).isEqualTo("0 ended, 1 cut off (1 WebSocket /socket)");
		assertThat(this.streams.inFlight()).isZero();
	}

	@Test
	void aSessionThatFailsForAnotherReasonIsNotCutOff() throws Exception {
		this.handler.afterConnectionEstablished(this.session);
		this.handler.handleTransportError(this.session, new SocketTimeoutException());
		assertThat(this.streams.inFlight()).isEqualTo(1);
		willAnswer((invocation) -> {
			this.handler.handleTransportError(this.session, new IOException("Broken pipe"));
			return null;
		}).given(this.session).close(CloseStatus.GOING_AWAY);
		this.streams.drain();
		assertThat(this.streams.aborted()).isZero();
	}

}

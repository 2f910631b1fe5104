package io.podlifecycle.web;

import io.podlifecycle.Internal;
import jakarta.websocket.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Gives Tomcat more time to send the close frame of a WebSocket session. Its 50 ms are
 * less than the kernel pauses a process that has used up its CPU limit, which would cut
 * off clients that read.
 */
@Internal
public final class WebSocketCloseTimeout {

	/** Of the documentation of Tomcat's WebSocket implementation. */
	private static final String PROPERTY = "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

	/**
	 * Many pauses of 100 ms each; a client that does not read blocks a thread as long.
	 */
	private static final Long MILLIS = 1000L;

	private static final boolean PRESENT = ClassUtils.isPresent("jakarta.websocket.Session",
			WebSocketCloseTimeout.class.getClassLoader());

	private WebSocketCloseTimeout() {
	}

	/**
	 * Extend the timeout, unless the application has set it.
	 * @param session the session of the container; others are left alone
	 */
	public static void extend(@Nullable Object session) {
		if (PRESENT && session instanceof Session standard) {
			standard.getUserProperties().putIfAbsent(PROPERTY, MILLIS);
		}
	}

}

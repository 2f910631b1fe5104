package io.podlifecycle.web.tomcat;

import java.time.Duration;
import java.util.stream.Stream;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/**
 * Gives HTTP/2 clients time between the first GOAWAY, which asks them to send no more,
 * and the second, after which a request is refused. Tomcat's own is a round trip and a
 * millisecond: too short for a client that is busy. A longer time that the user chose
 * stays.
 *
 * @since 0.1.0
 */
final class GracefulGoAway implements TomcatConnectorCustomizer {

	private static final long DRAIN_NANOS = Duration.ofSeconds(1).toNanos();

	@Override
	public void customize(Connector connector) {
		Stream.of(connector.findUpgradeProtocols())
			.filter(Http2Protocol.class::isInstance)
			.map(Http2Protocol.class::cast)
			.forEach((protocol) -> protocol.setDrainTimeout(Math.max(protocol.getDrainTimeout(), DRAIN_NANOS)));
	}

}

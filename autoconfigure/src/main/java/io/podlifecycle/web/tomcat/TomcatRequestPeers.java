package io.podlifecycle.web.tomcat;

import java.lang.reflect.Field;

import io.podlifecycle.web.RequestPeers;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Who has sent a request to Tomcat. A {@code RemoteIpValve} changes the remote address of
 * a request, but not the peer address, which only the request behind the facade has.
 * Spring's adapter for Tomcat accesses that request in the same way.
 */
final class TomcatRequestPeers implements RequestPeers {

	private final Field request;

	TomcatRequestPeers() {
		Field field = ReflectionUtils.findField(RequestFacade.class, "request");
		Assert.state(field != null, "Tomcat's RequestFacade has no field 'request' any more");
		ReflectionUtils.makeAccessible(field);
		this.request = field;
	}

	@Override
	public @Nullable Object peerOf(Object request) {
		return (request instanceof RequestFacade facade
				&& ReflectionUtils.getField(this.request, facade) instanceof Request behind) ? behind.getPeerAddr()
						: null;
	}

}

package io.podlifecycle.web.tomcat;

import java.lang.reflect.Field;

import io.podlifecycle.web.RequestPeers;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Who has sent a request to Tomcat. The request that applications see does not tell once
 * a {@code RemoteIpValve} has changed its address, so the one behind it is asked, which
 * Spring's own adapter for Tomcat gets at in the same way.
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

package io.podlifecycle.boot;

import java.util.stream.Stream;

import io.podlifecycle.Internal;

import org.springframework.boot.context.properties.bind.Binder;

/**
 * Whether a server of the application uses TLS, read from its properties.
 */
@Internal
public final class Tls {

	private Tls() {
	}

	/**
	 * Return whether a server uses TLS.
	 * @param binder the properties
	 * @param prefix {@code server} or {@code management.server}
	 */
	public static boolean isConfigured(Binder binder, String prefix) {
		boolean configured = Stream.of("bundle", "key-store", "certificate")
			.anyMatch((name) -> binder.bind(prefix + ".ssl." + name, String.class).isBound());
		return configured && binder.bind(prefix + ".ssl.enabled", Boolean.class).orElse(true);
	}

}

package io.podlifecycle.dependency;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a dependency is: a URI whose {@link #toString()} holds no secret. Immutable.
 *
 * @since 0.1.0
 */
public final class Target {

	private final URI uri;

	private Target(URI uri) {
		this.uri = uri;
	}

	/**
	 * Read a target.
	 * @param text an absolute URI with a host
	 * @return the target
	 * @throws IllegalArgumentException if it is not one; the message says what is wrong
	 * and repeats no secret
	 */
	public static Target of(String text) {
		URI uri = parse(text);
		if (uri.getScheme() == null) {
			throw new IllegalArgumentException("it has no scheme");
		}
		if (uri.getHost() == null) {
			throw new IllegalArgumentException("it has no valid host");
		}
		return new Target(uri);
	}

	private static URI parse(String text) {
		try {
			return new URI(text.strip());
		}
		catch (URISyntaxException ex) {
			// The exception repeats its input, so it is neither quoted nor kept as cause.
			throw new IllegalArgumentException(
					"it is not a URI: " + ex.getReason().toLowerCase(Locale.ROOT) + " at index " + ex.getIndex());
		}
	}

	String scheme() {
		return this.uri.getScheme().toLowerCase(Locale.ROOT);
	}

	URI uri() {
		return this.uri;
	}

	/**
	 * Return the URI without its secrets.
	 */
	@Override
	public String toString() {
		return Secrets.redact(this.uri.toString());
	}

}

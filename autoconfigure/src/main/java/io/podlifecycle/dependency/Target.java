package io.podlifecycle.dependency;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a dependency is: a scheme and what it makes of the rest. Mostly a URI, but not
 * always: {@code jdbc:} and {@code kafka:} have rules of their own. Its
 * {@link #toString()} holds no secret. Immutable.
 *
 * @since 0.1.0
 */
public final class Target {

	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

	private static final int ANY_PORT = 1;

	private final String text;

	private Target(String text) {
		this.text = text;
	}

	/**
	 * Read a target.
	 * @param text what begins with a scheme and a colon
	 * @return the target
	 * @throws IllegalArgumentException if it is not one; the message says what is wrong
	 * and repeats no secret
	 */
	public static Target of(String text) {
		String stripped = text.strip();
		if (!SCHEME.matcher(stripped).matches()) {
			throw new IllegalArgumentException("it has no scheme");
		}
		return new Target(stripped);
	}

	/**
	 * Return the scheme, by which the probe is chosen.
	 * @return the scheme, in lower case
	 */
	public String scheme() {
		return this.text.substring(0, this.text.indexOf(':')).toLowerCase(Locale.ROOT);
	}

	/**
	 * Return what follows the scheme and its colon.
	 * @return the rest, <strong>with</strong> its secrets
	 */
	public String rest() {
		return this.text.substring(this.text.indexOf(':') + 1);
	}

	/**
	 * Return the whole target as it was written.
	 * @return the text, <strong>with</strong> its secrets
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return the target as a URI.
	 * @return the URI, <strong>with</strong> its secrets
	 * @throws IllegalArgumentException if it is not one; the message says what is wrong
	 * and repeats no secret
	 */
	public URI uri() {
		try {
			return new URI(this.text);
		}
		catch (URISyntaxException ex) {
			// The exception repeats its input, so it is neither quoted nor kept as cause.
			throw new IllegalArgumentException(
					"it is not a URI: " + ex.getReason().toLowerCase(Locale.ROOT) + " at index " + ex.getIndex());
		}
	}

	/**
	 * Return the target as a URI of one server.
	 * @return a URI with a host, <strong>with</strong> its secrets
	 * @throws IllegalArgumentException if it is not one; the message says what is wrong
	 * and repeats no secret
	 */
	public URI serverUri() {
		URI uri = uri();
		Endpoint.of(uri, ANY_PORT);
		return uri;
	}

	/**
	 * Return the target without its secrets.
	 */
	@Override
	public String toString() {
		return Redaction.address(this.text);
	}

}

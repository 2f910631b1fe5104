package io.podlifecycle.discovery;

/**
 * A property of the application does not say where its dependency is.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public class DiscoveryException extends RuntimeException {

	private final String property;

	private final String value;

	DiscoveryException(String property, String value, String reason) {
		super(reason);
		this.property = property;
		this.value = value;
	}

	/**
	 * Return the property.
	 * @return its name
	 */
	public String property() {
		return this.property;
	}

	/**
	 * Return what the property is set to.
	 * @return the value, <strong>with</strong> its secrets
	 */
	public String value() {
		return this.value;
	}

}

package io.podlifecycle.boot;

import java.time.Duration;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.Redaction;
import io.podlifecycle.time.DurationText;

/**
 * A property of ours that cannot be used.
 */
@Internal
@SuppressWarnings("serial")
public class InvalidPropertyException extends RuntimeException {

	private final String property;

	private final String value;

	private final String fix;

	public InvalidPropertyException(String property, Object value, String reason, String fix) {
		super("'" + property + "' cannot be used: " + reason);
		this.property = property;
		this.value = (value instanceof Duration duration) ? DurationText.seconds(duration)
				: Redaction.address(String.valueOf(value));
		this.fix = fix;
	}

	public String property() {
		return this.property;
	}

	public String value() {
		return this.value;
	}

	public String fix() {
		return this.fix;
	}

}

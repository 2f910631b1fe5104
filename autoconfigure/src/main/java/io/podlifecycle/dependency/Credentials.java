package io.podlifecycle.dependency;

import org.jspecify.annotations.Nullable;

/**
 * Who a probe logs in as. Its {@link #toString()} holds no secret. Immutable.
 *
 * @param username the name, or {@code null} if none was given
 * @param password the password, or {@code null} if none was given
 * @since 0.1.0
 */
public record Credentials(@Nullable String username, @Nullable String password) {

	/**
	 * No name and no password beside those that the target itself may hold.
	 */
	public static final Credentials NONE = new Credentials(null, null);

	@Override
	public String toString() {
		return (this.username != null || this.password != null) ? "credentials ***" : "no credentials";
	}

}

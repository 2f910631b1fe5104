package io.podlifecycle.dependency;

import io.podlifecycle.Internal;

/**
 * A probe needs a library that is not on the class path.
 *
 * @since 0.1.0
 */
@Internal
@SuppressWarnings("serial")
public class MissingLibraryException extends IllegalArgumentException {

	private final String library;

	/**
	 * Create an exception.
	 * @param scheme the scheme of the target
	 * @param library what to add, as {@code groupId:artifactId}
	 */
	public MissingLibraryException(String scheme, String library) {
		super("scheme '" + scheme + "' needs " + library + " on the class path");
		this.library = library;
	}

	/**
	 * Return what to add.
	 * @return the library, as {@code groupId:artifactId}
	 */
	public String library() {
		return this.library;
	}

}

package io.podlifecycle.dependency;

import java.util.regex.Pattern;

/**
 * Takes the secrets out of a text that holds URIs, well-formed or not: user info, and the
 * values of query and matrix parameters. Host, port, path and names stay.
 *
 * @since 0.1.0
 */
public final class Secrets {

	// Up to the last @ before the path ends: a password may hold an unescaped @.
	private static final Pattern USER_INFO = Pattern.compile("//[^/?#\\s]*@");

	private static final Pattern PARAMETER = Pattern.compile("([?&;][^=&;?#\\s]*=)[^&;#\\s]*");

	private Secrets() {
	}

	/**
	 * Redact a text.
	 * @param text the text, typically a URI or a message with one in it
	 * @return the text with every secret replaced by {@code ***}
	 */
	public static String redact(String text) {
		String withoutUser = USER_INFO.matcher(text).replaceAll("//***@");
		return PARAMETER.matcher(withoutUser).replaceAll("$1***");
	}

}

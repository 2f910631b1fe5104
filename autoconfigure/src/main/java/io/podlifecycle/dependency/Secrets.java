package io.podlifecycle.dependency;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes the secrets out of a text that holds URIs, well-formed or not: user info, and the
 * values of query and matrix parameters. Host, port, path and names stay.
 *
 * @since 0.1.0
 */
public final class Secrets {

	// Up to the last @ before the path ends: a password may hold an unescaped @.
	private static final Pattern USER_INFO = Pattern.compile("//[^/?#\\s]*@");

	private static final Pattern PARAMETER = Pattern.compile("([?&;][^=&;?#\\s]*=)(\\{[^}]*}|[^&;#\\s]*)");

	/** As Oracle has it: {@code jdbc:oracle:thin:user/password@host}. */
	private static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:\\w+:)[^@\\s]+@");

	/** As MySQL has it: {@code (host=h,password=p)}. */
	private static final Pattern LISTED = Pattern.compile("(?i)([(,]\\s*(?:user|password)\\s*=)[^,)\\s]*");

	/** What a driver may repeat of a target when it fails. */
	private static final Pattern SECRET = Pattern.compile("(?i)//[^/?#\\s:]*:([^/?#\\s]+)@"
			+ "|[?&;(,]\\s*(?:password|pwd|secret|token)\\s*=(\\{[^}]*}|[^&;#,)\\s]+)|jdbc:oracle:\\w+:[^/@\\s]*/([^@\\s]+)@");

	private Secrets() {
	}

	/**
	 * Redact a text.
	 * @param text the text, typically a URI or a message with one in it
	 * @return the text with every secret replaced by {@code ***}
	 */
	public static String redact(String text) {
		if (text.indexOf('@') < 0 && text.indexOf('=') < 0) {
			// Nothing can match. Of the tries of a wait nearly all are of this kind.
			return text;
		}
		String withoutUser = USER_INFO.matcher(text).replaceAll("//***@");
		String withoutParameters = PARAMETER.matcher(withoutUser).replaceAll("$1***");
		String withoutList = LISTED.matcher(withoutParameters).replaceAll("$1***");
		return ORACLE.matcher(withoutList).replaceAll("$1***@");
	}

	/** The passwords in a target, as they stand there and decoded. */
	static Stream<String> of(String text) {
		return SECRET.matcher(text)
			.results()
			.flatMap((match) -> IntStream.rangeClosed(1, match.groupCount()).mapToObj(match::group))
			.filter(Objects::nonNull)
			.flatMap((secret) -> Stream.of(secret, decode(secret)));
	}

	private static String decode(String secret) {
		try {
			return URLDecoder.decode(secret, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return secret;
		}
	}

}

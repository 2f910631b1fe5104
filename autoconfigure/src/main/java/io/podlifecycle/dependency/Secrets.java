package io.podlifecycle.dependency;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes the secrets out of a text that holds URIs, well-formed or not: user info, the
 * values of query and matrix parameters, fragments, and what is called a password. Host,
 * port, path and names stay.
 *
 * @since 0.1.0
 */
public final class Secrets {

	// Up to the last @ before the path ends: a password may hold an unescaped @.
	private static final Pattern USER_INFO = Pattern.compile("//[^/?#\\s]*@");

	// What follows the first colon is no port, so it is a password that is not escaped.
	private static final Pattern RAW_USER_INFO = Pattern
		.compile("//(?!\\[)(?=[^/?#@\\v]*:(?!\\d{0,5}(?:[/?#,\\s]|$)))[^\\v]*@");

	/** The scheme was forgotten. */
	private static final Pattern BARE_USER_INFO = Pattern.compile("^(?!jdbc:)([\\w+.-]+):[^/@\\s]+@");

	private static final Pattern PARAMETER = Pattern.compile("([?&;][^=&;?#\\s]*=)(\\{[^}]*}|[^&;#\\s]*)");

	/** A parameter without a name, and what only a browser would look at. */
	private static final Pattern NAMELESS = Pattern.compile("(://[^\\s?#]*\\?(?:[^\\s#]*&)?)[^\\s=&#]+(?=[\\s&#]|$)");

	private static final Pattern FRAGMENT = Pattern.compile("(://[^\\s#]*#)\\S+");

	/** As Oracle has it: {@code jdbc:oracle:thin:user/password@host}. */
	private static final Pattern ORACLE = Pattern.compile("(jdbc:oracle:\\w+:)[^@\\s]+@");

	private static final String SECRET_NAME = "(?:password|passwd|passphrase|pwd|secret|token|api[-_.]?key)";

	/** As MySQL has it, {@code (host=h,password=p)}, DB2, and a JAAS configuration. */
	private static final Pattern NAMED = Pattern.compile("(?i)((?:[(,]\\s*user|" + SECRET_NAME
			+ ")\\s*=\\s*)(?!\\*\\*\\*)(\\{[^}]*}|\"[^\"]*\"|'[^']*'|[^,;&)\\s]+)");

	/** What a driver may repeat of a target when it fails. */
	private static final Pattern SECRET = Pattern.compile("(?i)//[^/?#\\s:]*:([^/?#\\s]+)@|rediss?://([^/?#\\s:@]+)@|"
			+ SECRET_NAME + "\\s*=\\s*[\"']?(\\{[^}]*}|[^&;#,)\\s\"']+)|jdbc:oracle:\\w+:[^/@\\s]*/([^@\\s]+)@");

	private Secrets() {
	}

	/**
	 * Redact a text.
	 * @param text the text, typically a URI or a message with one in it
	 * @return the text with every secret replaced by {@code ***}
	 */
	public static String redact(String text) {
		if (text.indexOf('@') < 0 && text.indexOf('=') < 0 && text.indexOf("://") < 0) {
			// Nothing can match. Of the tries of a wait nearly all are of this kind.
			return text;
		}
		String result = RAW_USER_INFO.matcher(text).replaceAll("//***@");
		result = USER_INFO.matcher(result).replaceAll("//***@");
		result = BARE_USER_INFO.matcher(result).replaceAll("$1:***@");
		result = ORACLE.matcher(result).replaceAll("$1***@");
		result = NAMED.matcher(result).replaceAll("$1***");
		result = PARAMETER.matcher(result).replaceAll("$1***");
		result = FRAGMENT.matcher(result).replaceAll("$1***");
		return NAMELESS.matcher(result).replaceAll("$1***");
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

package io.podlifecycle.dependency;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.podlifecycle.Internal;

/**
 * Shows addresses, and texts that may repeat them, without secrets. Of an address it
 * shows the scheme, the servers with their ports, and the name of a database, a virtual
 * host or a service, since whatever else is in it may be a secret. If it cannot tell
 * these parts for certain it shows none of them. Immutable.
 *
 * @since 0.1.0
 */
@Internal
public final class Redaction {

	private static final String HIDDEN = "***";

	private static final String SERVERS = "(?<servers>%1$s(?:,%1$s)*+)(?<name>/[\\w.-]*(?=[?#;:&]|$))?"
		.formatted("(?:\\[[0-9a-f:.%]+]|[\\w.-]+)(?::\\d{1,5})?");

	/** What follows the servers must not be user info with a slash or the like in it. */
	private static final Pattern URI = Pattern.compile("(?is)(?<start>(?:jdbc:(?:[a-z0-9]+:)++|[a-z][a-z0-9+.-]*:)//)"
			+ "(?:[^/?#;=]*@)?" + SERVERS + "(?:[/?#;:\\\\&][^@=]*(?:=.*)?)?");

	/** As Oracle has it: {@code jdbc:oracle:thin:user/password@host}. */
	private static final Pattern ORACLE = Pattern.compile("(?is)(?<start>jdbc:oracle:(?:thin|oci):)[^@=?#]*"
			+ "@(?:tcps?:)?(?://)?" + SERVERS + "(?:[/?#;:\\\\&][^@]*)?");

	/** Without servers, and without room for a secret. */
	private static final Pattern LOCAL = Pattern.compile("(?i)(?:dns|file|health):[\\w./~-]*|[^:@=]*");

	private static final Pattern SCHEME = Pattern.compile("(?i)(?:jdbc:[a-z0-9]+:|[a-z][a-z0-9+.-]*:)(?://)?");

	/** The path of a web hook is a secret. */
	private static final Pattern WITH_NAME = Pattern.compile("(?i)(?:jdbc|mongodb|redis|amqp|grpc).*");

	/** One with parameters takes the rest of the line, since a value may have blanks. */
	private static final Pattern ADDRESS_IN_TEXT = Pattern
		.compile("(?i)[a-z][\\w+.-]*:\\S*(?://|@)(?:\\S*=.*|\\S*[^\\s\"'),.;:])");

	private static final String SECRET_NAME = "passw|passphrase|pwd|secret|token|authorization|cookie|jaas|credential"
			+ "|api[-_.]?key|(?:\\b|_)key$";

	private static final Pattern SECRET = Pattern.compile("(?i)" + SECRET_NAME);

	private static final Pattern SECRET_IN_TEXT = Pattern
		.compile("(?i)([\\w.-]*(?:" + SECRET_NAME + ")[\\w.-]*\\s*=).+");

	private static final Pattern PARAMETER = Pattern
		.compile("([\\w.-]+)\\s*=\\s*(\"[^\"]*\"|'[^']*'|\\{[^}]*}|[^&;#,)]*)");

	/** User info, what Oracle has instead, and parameters without a name. */
	private static final Pattern UNNAMED = Pattern.compile(
			"//(?:[^/?#:@]*:)?([^/?#]*)@" + "|jdbc:oracle:\\w+:[^/@]*/(\"[^\"]*\"|[^@]*)@|[?#&]([^=&#]+)(?=[&#]|$)");

	private final List<String> secrets;

	private Redaction(Stream<String> secrets) {
		this.secrets = secrets.flatMap((secret) -> Stream.of(secret, decode(secret)))
			.filter((secret) -> !secret.isBlank())
			.distinct()
			.sorted(Comparator.comparingInt(String::length).reversed())
			.toList();
	}

	/**
	 * Return a redaction that knows the secrets of a request, so that it finds them in
	 * whatever a driver says.
	 */
	static Redaction of(ProbeRequest request) {
		Stream<String> ofOptions = request.options()
			.entrySet()
			.stream()
			.filter((option) -> SECRET.matcher(option.getKey()).find())
			.flatMap((option) -> Stream.concat(Stream.of(option.getValue()), secrets(option.getValue())));
		return new Redaction(Stream
			.of(Stream.ofNullable(request.credentials().password()), secrets(request.target().text()), ofOptions)
			.flatMap((secrets) -> secrets));
	}

	private static Stream<String> secrets(String text) {
		Stream<String> named = PARAMETER.matcher(text)
			.results()
			.filter((parameter) -> SECRET.matcher(parameter.group(1)).find())
			.map((parameter) -> parameter.group(2).replaceAll("^[\"'{]|[\"'}]$", ""))
			.flatMap((value) -> Stream.concat(Stream.of(value), Stream.of(value.split("\\s+"))));
		return Stream.concat(named, UNNAMED.matcher(text).results().flatMap(Redaction::unnamed));
	}

	/** Each of several servers may have user info of its own. */
	private static Stream<String> unnamed(MatchResult match) {
		return Stream.of(1, 2, 3)
			.map(match::group)
			.filter(Objects::nonNull)
			.flatMap((value) -> Stream.concat(Stream.of(value, value.replace("\"", "")),
					Stream.of(value.split(",")).map((one) -> one.replaceAll("@.*$", "").replaceAll("^[^:]*:", ""))));
	}

	private static String decode(String secret) {
		try {
			return Endpoint.decode(secret);
		}
		catch (IllegalArgumentException ex) {
			return secret;
		}
	}

	/** Return what a driver says without the secrets of its request. */
	String apply(String text) {
		String result = text;
		for (String secret : this.secrets) {
			result = result.replace(secret, HIDDEN);
		}
		return text(result);
	}

	/**
	 * Return a text without the secrets of the addresses in it.
	 * @param text the text, typically what an exception says
	 * @return the text to be shown
	 */
	public static String text(String text) {
		if (text.indexOf('@') < 0 && text.indexOf('=') < 0 && !text.contains("//")) {
			// Nothing can match. Of the tries of a wait nearly all are of this kind.
			return text;
		}
		String result = ADDRESS_IN_TEXT.matcher(text)
			.replaceAll((match) -> Matcher.quoteReplacement(address(match.group())));
		return SECRET_IN_TEXT.matcher(result).replaceAll("$1" + HIDDEN);
	}

	/**
	 * Return an address without what may be a secret in it.
	 * @param text the address, well-formed or not, or a text that is none
	 * @return what may be shown of it
	 */
	public static String address(String text) {
		if (LOCAL.matcher(text).matches()) {
			return text;
		}
		return Stream.of(URI, ORACLE)
			.map((pattern) -> pattern.matcher(text))
			.filter(Matcher::matches)
			.map(Redaction::shown)
			.findFirst()
			.orElseGet(() -> {
				Matcher scheme = SCHEME.matcher(text);
				return (scheme.lookingAt() ? scheme.group() : "") + HIDDEN;
			});
	}

	private static String shown(Matcher address) {
		String start = address.group("start");
		String name = Objects.requireNonNullElse(address.group("name"), "");
		boolean withName = name.length() == 1 || WITH_NAME.matcher(start).matches();
		return start + (start.endsWith("/") ? "" : "@") + address.group("servers") + (withName ? name : "");
	}

}

package io.podlifecycle.dependency;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of HTTP status codes, such as {@code 200-299,401}. Immutable.
 */
final class HttpStatuses {

	private static final Pattern RANGE = Pattern.compile("\\s*([1-5]\\d\\d)\\s*(?:-\\s*([1-5]\\d\\d)\\s*)?");

	private final BitSet codes = new BitSet();

	private HttpStatuses() {
	}

	static HttpStatuses of(String text) {
		HttpStatuses statuses = new HttpStatuses();
		for (String entry : text.split(",", -1)) {
			Matcher matcher = RANGE.matcher(entry);
			if (!matcher.matches()) {
				throw new IllegalArgumentException("its status is not a list of codes such as 200-299,401");
			}
			int from = Integer.parseInt(matcher.group(1));
			int to = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : from;
			if (to < from) {
				throw new IllegalArgumentException("its status has a range that ends before it begins");
			}
			statuses.codes.set(from, to + 1);
		}
		return statuses;
	}

	boolean contain(int code) {
		return this.codes.get(code);
	}

}

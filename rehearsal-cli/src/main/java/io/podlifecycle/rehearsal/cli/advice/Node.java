package io.podlifecycle.rehearsal.cli.advice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A field of a YAML document, with its path; it need not be there. Immutable.
 *
 * @param path the path from the root
 * @param value what is there; {@code null} if nothing is
 */
record Node(String path, @Nullable Object value) {

	Node get(String key) {
		Object child = (this.value instanceof Map<?, ?> map) ? map.get(key) : null;
		return new Node(this.path.isEmpty() ? key : this.path + "." + key, child);
	}

	boolean exists() {
		return this.value != null;
	}

	/**
	 * Returns the members of a list, none if this is no list.
	 */
	List<Node> items() {
		List<Node> items = new ArrayList<>();
		if (this.value instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				items.add(new Node(this.path + "[" + i + "]", list.get(i)));
			}
		}
		return items;
	}

	Optional<String> text() {
		boolean scalar = this.value != null && !(this.value instanceof Map) && !(this.value instanceof List);
		return scalar ? Optional.of(String.valueOf(this.value)) : Optional.empty();
	}

	/**
	 * Returns a whole number.
	 * @throws IllegalArgumentException if there is something else
	 */
	Optional<Integer> number() {
		if (!exists()) {
			return Optional.empty();
		}
		String text = text().orElse("a list or a map");
		if (!text.matches("-?\\d{1,9}")) {
			throw new IllegalArgumentException(this.path + " must be a whole number, but is " + text);
		}
		return Optional.of(Integer.valueOf(text));
	}

	int number(int defaultValue) {
		return number().orElse(defaultValue);
	}

	/**
	 * Returns the texts of a map.
	 * @param encoded whether they are encoded with Base64, as those of a Secret are
	 * @throws IllegalArgumentException if they are not
	 */
	Map<String, String> texts(boolean encoded) {
		Map<String, String> texts = new LinkedHashMap<>();
		if (this.value instanceof Map<?, ?> map) {
			for (Object key : map.keySet()) {
				String text = new Node("", map.get(key)).text().orElse("");
				texts.put(String.valueOf(key),
						encoded ? new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8) : text);
			}
		}
		return texts;
	}

	List<String> texts() {
		return items().stream().map((item) -> item.text().orElse("")).toList();
	}

}

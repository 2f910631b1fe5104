package io.podlifecycle.rehearsal.json;

import java.util.Collection;
import java.util.Locale;

/**
 * Writes JSON on one line, commas and escapes included. Names and values must be given in
 * turn: nothing checks that. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class Json {

	private final StringBuilder text = new StringBuilder();

	private boolean first = true;

	/**
	 * Opens an object or an array.
	 * @param bracket its opening bracket
	 * @return this writer
	 */
	public Json open(char bracket) {
		separate();
		this.text.append(bracket);
		this.first = true;
		return this;
	}

	/**
	 * Closes an object or an array.
	 * @param bracket its closing bracket
	 * @return this writer
	 */
	public Json close(char bracket) {
		this.text.append(bracket);
		this.first = false;
		return this;
	}

	/**
	 * Writes the name of what follows.
	 * @param name the name
	 * @return this writer
	 */
	public Json name(String name) {
		separate();
		string(name);
		this.text.append(':');
		this.first = true;
		return this;
	}

	/**
	 * Writes a name and a text.
	 * @param name the name
	 * @param value the text
	 * @return this writer
	 */
	public Json field(String name, String value) {
		name(name);
		string(value);
		this.first = false;
		return this;
	}

	/**
	 * Writes a name and an integer.
	 * @param name the name
	 * @param value the integer
	 * @return this writer
	 */
	public Json field(String name, long value) {
		return raw(name, String.valueOf(value));
	}

	/**
	 * Writes a name and a number, with three decimals.
	 * @param name the name
	 * @param value the number
	 * @return this writer
	 */
	public Json field(String name, double value) {
		return raw(name, String.format(Locale.ROOT, "%.3f", value));
	}

	/**
	 * Writes a name and an array of texts.
	 * @param name the name
	 * @param values the texts
	 * @return this writer
	 */
	public Json field(String name, Collection<String> values) {
		name(name).open('[');
		for (String value : values) {
			separate();
			string(value);
			this.first = false;
		}
		return close(']');
	}

	/**
	 * Writes a name and what is JSON already.
	 * @param name the name
	 * @param json the JSON of one value
	 * @return this writer
	 */
	public Json raw(String name, String json) {
		name(name);
		this.text.append(json);
		this.first = false;
		return this;
	}

	private void separate() {
		if (!this.first) {
			this.text.append(',');
		}
	}

	private void string(String value) {
		this.text.append('"');
		for (int i = 0; i < value.length(); i++) {
			char character = value.charAt(i);
			if (character == '"' || character == '\\') {
				this.text.append('\\').append(character);
			}
			else if (character < ' ' || isLoneSurrogate(value, i)) {
				this.text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
			}
			else {
				this.text.append(character);
			}
		}
		this.text.append('"');
	}

	/** Half a character cannot be encoded, and what an application logs may have one. */
	private static boolean isLoneSurrogate(String text, int index) {
		char character = text.charAt(index);
		if (Character.isHighSurrogate(character)) {
			return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
		}
		return Character.isLowSurrogate(character)
				&& (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}

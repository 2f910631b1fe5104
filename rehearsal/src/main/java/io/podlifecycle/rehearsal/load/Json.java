package io.podlifecycle.rehearsal.load;

import java.util.Locale;

/**
 * Writes JSON on one line, commas and escapes included.
 */
final class Json {

	private final StringBuilder text = new StringBuilder();

	private boolean first = true;

	Json open(char bracket) {
		separate();
		this.text.append(bracket);
		this.first = true;
		return this;
	}

	Json close(char bracket) {
		this.text.append(bracket);
		this.first = false;
		return this;
	}

	Json name(String name) {
		separate();
		string(name);
		this.text.append(':');
		this.first = true;
		return this;
	}

	Json field(String name, String value) {
		name(name);
		string(value);
		this.first = false;
		return this;
	}

	Json field(String name, long value) {
		name(name);
		this.text.append(value);
		this.first = false;
		return this;
	}

	Json field(String name, double value) {
		name(name);
		this.text.append(String.format(Locale.ROOT, "%.3f", value));
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
			else if (character < ' ') {
				this.text.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
			}
			else {
				this.text.append(character);
			}
		}
		this.text.append('"');
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}

package io.podlifecycle.rehearsal.cli.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML and SVG that is well-formed XML, too. Every text and every value of an
 * attribute is escaped: what an application is called, logs or answers stays text. Not
 * thread-safe.
 */
final class Markup {

	private static final int CONTROL_PICTURES = 0x2400;

	private static final int DELETE = 0x7F;

	private static final char REPLACEMENT = '\uFFFD';

	private final StringBuilder out = new StringBuilder();

	private final Deque<String> open = new ArrayDeque<>();

	/**
	 * Opens an element.
	 * @param name its name
	 * @param attributes names and values in turn
	 * @return this writer
	 */
	Markup open(String name, String... attributes) {
		tag(name, attributes);
		this.out.append('>');
		this.open.push(name);
		return this;
	}

	/**
	 * Closes the element that was opened last.
	 * @return this writer
	 */
	Markup close() {
		this.out.append("</").append(this.open.pop()).append(">\n");
		return this;
	}

	/**
	 * Writes an element without content: one of SVG, or one of HTML that never has any.
	 * @param name its name
	 * @param attributes names and values in turn
	 * @return this writer
	 */
	Markup empty(String name, String... attributes) {
		tag(name, attributes);
		this.out.append("/>\n");
		return this;
	}

	/**
	 * Writes an element that holds a text.
	 * @param name its name
	 * @param text the text
	 * @param attributes names and values in turn
	 * @return this writer
	 */
	Markup element(String name, String text, String... attributes) {
		return open(name, attributes).text(text).close();
	}

	/**
	 * Writes a text.
	 * @param text the text
	 * @return this writer
	 */
	Markup text(String text) {
		text.codePoints().forEach(this::escaped);
		return this;
	}

	/**
	 * Writes what is markup already, and ours.
	 * @param markup the markup
	 * @return this writer
	 */
	Markup raw(String markup) {
		this.out.append(markup);
		return this;
	}

	private void tag(String name, String... attributes) {
		this.out.append('<').append(name);
		for (int i = 0; i < attributes.length; i += 2) {
			this.out.append(' ').append(attributes[i]).append("=\"");
			text(attributes[i + 1]);
			this.out.append('"');
		}
	}

	private void escaped(int character) {
		switch (character) {
			case '&' -> this.out.append("&amp;");
			case '<' -> this.out.append("&lt;");
			case '>' -> this.out.append("&gt;");
			case '"' -> this.out.append("&quot;");
			case '\n', '\t' -> this.out.append((char) character);
			default -> this.out.appendCodePoint(visible(character));
		}
	}

	/** Control characters and half characters may stand in no document. */
	private static int visible(int character) {
		if (character < ' ') {
			return CONTROL_PICTURES + character;
		}
		boolean control = character >= DELETE && character < 0xA0;
		boolean none = (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)
				|| (character & 0xFFFE) == 0xFFFE;
		return (control || none) ? REPLACEMENT : character;
	}

	@Override
	public String toString() {
		return this.out.toString();
	}

}

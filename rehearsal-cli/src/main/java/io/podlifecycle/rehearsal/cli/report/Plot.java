package io.podlifecycle.rehearsal.cli.report;

import java.time.Duration;
import java.util.Locale;

/**
 * One drawing over the common time axis. Widths are percentages, so that it fits any
 * page; heights and letters are pixels, so that it stays legible. What belongs to a row
 * or to the vertical axis is labelled left of the drawing.
 */
record Plot(Markup markup, TimeScale time, int height) {

	/** How wide a drawing is on a page of 800 pixels. */
	private static final int NARROW_PIXELS = 530;

	/** How wide it is where the style sheet shows the names that need more room. */
	private static final int WIDE_PIXELS = 930;

	private static final double LETTER_PIXELS = 6.8;

	private static final int GUTTER_LETTERS = 20;

	private static final int AXIS_PIXELS = 20;

	/**
	 * Opens a drawing.
	 * @param markup where it is written to
	 * @param time its horizontal axis
	 * @param height its height in pixels without the axis
	 * @param kind its class
	 * @param label what it shows, for those who do not see it
	 * @return the drawing; the caller closes it
	 */
	static Plot open(Markup markup, TimeScale time, int height, String kind, String label) {
		markup.open("div", "class", "panel")
			.open("svg", "class", "plot " + kind, "role", "img", "aria-label", label, "width", "100%", "height",
					String.valueOf(height + AXIS_PIXELS));
		Plot plot = new Plot(markup, time, height);
		plot.timeAxis();
		return plot;
	}

	private void timeAxis() {
		for (Duration tick : this.time.ticks()) {
			String x = this.time.at(tick);
			this.markup.empty("line", "class", "grid", "x1", x, "x2", x, "y1", "0", "y2", String.valueOf(this.height));
			this.markup.element("text", tick.toSeconds() + " s", "class", "tick time", "x", x, "y",
					String.valueOf(this.height + 15));
		}
	}

	/**
	 * Draws the vertical axis.
	 * @param scale its scale
	 * @param unit what follows its numbers
	 */
	void valueAxis(ValueScale scale, String unit) {
		for (double tick : scale.ticks()) {
			String y = number(y(scale, tick));
			this.markup.empty("line", "class", "grid", "x1", "0", "x2", "100%", "y1", y, "y2", y);
			this.markup.element("text", plain(tick) + unit, "class", "tick value", "x", "-8", "y", y, "dy", "0.35em");
		}
	}

	/**
	 * Returns how far below the top a value is, in pixels.
	 */
	double y(ValueScale scale, double value) {
		return this.height * (1 - scale.fraction(value));
	}

	/**
	 * Labels a row.
	 * @param text the label, which is cut to what fits
	 * @param y the middle of the row, in pixels
	 */
	void rowLabel(String text, int y) {
		this.markup.open("text", "class", "row", "x", "-10", "y", String.valueOf(y), "dy", "0.35em");
		int letters = text.codePointCount(0, text.length());
		if (letters > GUTTER_LETTERS) {
			// The end tells the pods of an application apart.
			this.markup.element("title", text)
				.text("\u2026" + text.substring(text.offsetByCodePoints(0, letters - GUTTER_LETTERS + 1)));
		}
		else {
			this.markup.text(text);
		}
		this.markup.close();
	}

	/**
	 * Draws a span with a name: the name where it fits, and a tooltip.
	 * @param span what it looks like and where it is
	 * @param from its begin
	 * @param to its end
	 */
	void span(Span span, Duration from, Duration to) {
		String x = this.time.at(from);
		String width = this.time.width(from, to);
		String y = String.valueOf(span.y());
		String spanHeight = String.valueOf(span.height());
		this.markup.open("g", "class", "span " + span.kind()).element("title", span.tooltip());
		this.markup.empty("rect", "class", "fill", "x", x, "width", width, "y", y, "height", spanHeight);
		this.markup.empty("rect", "class", "pattern", "x", x, "width", width, "y", y, "height", spanHeight);
		double middle = (this.time.fraction(from) + this.time.fraction(to)) / 2;
		double length = this.time.fraction(to) - this.time.fraction(from);
		if (fits(span.name(), length * WIDE_PIXELS)) {
			boolean narrow = fits(span.name(), length * NARROW_PIXELS);
			this.markup.element("text", span.name(), "class", narrow ? "name" : "name wide", "x",
					String.format(Locale.ROOT, "%.3f%%", middle * 100), "y", number(span.y() + span.height() / 2.0),
					"dy", "0.35em");
		}
		this.markup.close();
	}

	private static boolean fits(String name, double pixels) {
		return name.length() * LETTER_PIXELS + 8 <= pixels;
	}

	void close() {
		this.markup.close().close();
	}

	static String number(double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}

	private static String plain(double value) {
		return (value == Math.rint(value)) ? String.valueOf((long) value)
				: String.format(Locale.ROOT, "%.4g", value).replaceFirst("0+$", "");
	}

	/**
	 * What a span looks like.
	 *
	 * @param kind its class
	 * @param name its name
	 * @param tooltip what more there is to tell
	 * @param y its top, in pixels
	 * @param height its height, in pixels
	 */
	record Span(String kind, String name, String tooltip, int y, int height) {
	}

}

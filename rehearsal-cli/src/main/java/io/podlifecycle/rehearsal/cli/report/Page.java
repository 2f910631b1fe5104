package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;
import io.podlifecycle.rehearsal.cli.report.Total;

/**
 * Writes the page: what came out in a sentence and in a table, then the drawings of each
 * rehearsal, one under the other, then the same in words. It needs no script and nothing
 * from outside, and forbids both.
 */
final class Page {

	private final List<Rollout> rollouts;

	private final Titles titles;

	private final Markup markup = new Markup();

	private Page(List<Rollout> rollouts) {
		this.rollouts = rollouts;
		this.titles = Titles.of(rollouts);
	}

	/**
	 * Writes the page.
	 * @param rollouts what was seen: one rehearsal, or two that are compared
	 * @return the HTML
	 */
	static String of(List<Rollout> rollouts) {
		return new Page(rollouts).write();
	}

	private String write() {
		this.markup.raw("<!DOCTYPE html>\n").open("html", "lang", "en");
		head();
		this.markup.open("body");
		Legend.definePatterns(this.markup);
		this.markup.open("main").element("h1", title());
		verdict();
		this.markup.open("div", "class", "summary");
		totals();
		Legend.write(this.rollouts, this.markup);
		this.markup.close();
		Scales scales = Scales.of(this.rollouts);
		for (int i = 0; i < this.rollouts.size(); i++) {
			RolloutDrawings.write(name(i), this.rollouts.get(i), scales, this.markup);
		}
		for (int i = 0; i < this.rollouts.size(); i++) {
			RolloutSummary.write(name(i) + ", in words", this.rollouts.get(i), this.markup);
		}
		return this.markup.close().close().close().toString();
	}

	private void head() {
		String style = style();
		this.markup.open("head").empty("meta", "charset", "utf-8");
		this.markup.empty("meta", "http-equiv", "Content-Security-Policy", "content",
				"default-src 'none'; style-src '" + hash(style) + "'; base-uri 'none'; form-action 'none'");
		this.markup.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
		this.markup.empty("meta", "name", "color-scheme", "content", "light dark");
		this.markup.element("title", "Rehearsal: " + scenario());
		this.markup.open("style").raw(style).close().close();
	}

	private String scenario() {
		return this.rollouts.get(0).scenario();
	}

	private String title() {
		String scenario = scenario();
		return scenario.substring(0, 1).toUpperCase(Locale.ROOT) + scenario.substring(1);
	}

	private String name(int index) {
		return this.titles.headings().get(index);
	}

	private void verdict() {
		this.markup.open("ul", "class", "verdict");
		for (int i = 0; i < this.rollouts.size(); i++) {
			Rollout rollout = this.rollouts.get(i);
			boolean clean = rollout.load().failed() == 0;
			this.markup.open("li", "class", clean ? "clean" : "bad").element("b", clean ? "\u2713" : "\u2717");
			this.markup.text(((this.rollouts.size() == 2) ? name(i) + ", " : "") + RolloutText.of(rollout).requests())
				.close();
		}
		this.markup.close();
	}

	private void totals() {
		this.markup.open("table", "class", "totals");
		if (this.rollouts.size() == 2) {
			this.markup.open("thead").open("tr").element("td", "");
			this.titles.columns().forEach((title) -> this.markup.element("th", title, "scope", "col"));
			this.markup.close().close();
		}
		this.markup.open("tbody");
		for (Total total : Total.of(this.rollouts)) {
			boolean part = total.name().startsWith(" ");
			this.markup.open("tr")
				.element("th", total.name().strip(), "scope", "row", "class", part ? "part" : "whole");
			total.values().forEach((value) -> this.markup.element("td", value));
			this.markup.close();
		}
		this.markup.close().close();
	}

	private static String style() {
		try (InputStream style = Objects.requireNonNull(Page.class.getResourceAsStream("report.css"), "report.css")) {
			return new String(style.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String hash(String style) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}

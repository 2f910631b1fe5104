package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes results as those of tests, in the XML that builds read since JUnit 4.
 *
 * @since 0.1.0
 */
public final class JUnitXml {

	private static final Pattern NO_XML = Pattern
		.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]");

	private JUnitXml() {
	}

	/**
	 * Write results, in place of a file that is there.
	 * @param suite what the tests are called together
	 * @param startedAt when they began
	 * @param cases the results
	 * @param file where to write to
	 * @return the file
	 * @throws IOException if the file cannot be written
	 */
	public static Path write(String suite, Instant startedAt, List<Case> cases, Path file) throws IOException {
		try (Writer out = Files.newBufferedWriter(file)) {
			XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
			xml.writeStartDocument("UTF-8", "1.0");
			start(xml, "testsuite", "name", suite, "tests", String.valueOf(cases.size()), "failures",
					count(cases, Outcome.FAILURE), "errors", "0", "skipped", count(cases, Outcome.SKIPPED), "time",
					seconds(cases.stream().map(Case::time).reduce(Duration.ZERO, Duration::plus)), "timestamp",
					startedAt.truncatedTo(ChronoUnit.SECONDS).toString());
			for (Case result : cases) {
				write(result, suite, xml);
			}
			xml.writeEndDocument();
			xml.close();
			return file;
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private static String count(List<Case> cases, Outcome outcome) {
		return String.valueOf(cases.stream().filter((result) -> result.outcome() == outcome).count());
	}

	private static void write(Case result, String suite, XMLStreamWriter xml) throws XMLStreamException {
		start(xml, "testcase", "classname", suite, "name", result.name(), "time", seconds(result.time()));
		if (result.outcome() == Outcome.FAILURE) {
			start(xml, "failure", "type", result.type(), "message", result.message());
			xml.writeCharacters(clean(result.text()));
			xml.writeEndElement();
		}
		else if (result.outcome() == Outcome.SKIPPED) {
			start(xml, "skipped", "message", result.message());
			xml.writeEndElement();
		}
		xml.writeEndElement();
	}

	private static void start(XMLStreamWriter xml, String element, String... namesAndValues) throws XMLStreamException {
		xml.writeStartElement(element);
		for (int i = 0; i < namesAndValues.length; i += 2) {
			xml.writeAttribute(namesAndValues[i], clean(namesAndValues[i + 1]));
		}
	}

	private static String seconds(Duration time) {
		return BigDecimal.valueOf(time.toMillis(), 3).toString();
	}

	/** An application may log what no XML can hold. */
	private static String clean(String text) {
		return NO_XML.matcher(text).replaceAll("\ufffd");
	}

	/**
	 * What became of a test.
	 */
	public enum Outcome {

		/** It succeeded. */
		SUCCESS,

		/** It failed. */
		FAILURE,

		/** It does not count. */
		SKIPPED

	}

	/**
	 * The result of a test. Immutable.
	 *
	 * @param name what it is called
	 * @param time how long it took
	 * @param outcome what became of it
	 * @param type the type of a failure
	 * @param message why it failed or does not count
	 * @param text more on a failure
	 */
	public record Case(String name, Duration time, Outcome outcome, String type, String message, String text) {
	}

}

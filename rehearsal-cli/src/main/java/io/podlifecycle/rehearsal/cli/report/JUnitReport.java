package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutText;

/**
 * Writes a rehearsal as the result of one test, which fails if a request has failed, in
 * the XML that builds read since JUnit 4.
 *
 * @since 0.1.0
 */
public final class JUnitReport {

	private static final int SHOWN_FAILURES = 50;

	private static final Pattern NO_XML = Pattern
		.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\x{10000}-\\x{10ffff}]");

	private JUnitReport() {
	}

	/**
	 * Write the result, in place of a file that is there.
	 * @param rollouts what was seen; of two that are compared, the second is the result
	 * @param file where to write to
	 * @return the file
	 * @throws IOException if the file cannot be written
	 */
	public static Path write(List<Rollout> rollouts, Path file) throws IOException {
		try (Writer out = Files.newBufferedWriter(file)) {
			XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
			xml.writeStartDocument("UTF-8", "1.0");
			write(rollouts.get(rollouts.size() - 1), xml);
			xml.writeEndDocument();
			xml.close();
			return file;
		}
		catch (XMLStreamException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private static void write(Rollout rollout, XMLStreamWriter xml) throws XMLStreamException {
		boolean failed = rollout.load().failed() > 0;
		start(xml, "testsuite", "name", "rehearsal", "tests", "1", "failures", failed ? "1" : "0", "errors", "0",
				"skipped", "0", "time", seconds(rollout.duration()), "timestamp",
				rollout.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
		start(xml, "testcase", "classname", "rehearsal", "name", rollout.scenario(), "time",
				seconds(rollout.duration()));
		if (failed) {
			start(xml, "failure", "type", "RequestsFailed", "message", RolloutText.of(rollout).requests());
			xml.writeCharacters(clean(RolloutText.of(rollout).failures(SHOWN_FAILURES)));
			xml.writeEndElement();
		}
		xml.writeEndElement();
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

}

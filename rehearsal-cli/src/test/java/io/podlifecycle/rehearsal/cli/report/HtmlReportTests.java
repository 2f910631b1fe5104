package io.podlifecycle.rehearsal.cli.report;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import static org.assertj.core.api.Assertions.assertThat;

class HtmlReportTests {

	@TempDir
	private Path directory = Path.of(".");

	@Test
	void drawsALaneForEachPodWithItsPhasesAndTheirTooltips() throws Exception {
		List<Element> elements = write(List.of(Rollouts.of("app", Rollouts.REPORT, 3)));
		assertThat(of(elements, "lane")).hasSize(2);
		assertThat(of(elements, "row")).extracting(Element::getTextContent)
			.containsExactly("app-1", "app-2", "endpoints", "3 reset");
		assertThat(of(elements, "span")).filteredOn((span) -> isIn(span, "plot"))
			.extracting((span) -> first(span, "title"))
			.startsWith("waiting, from 0.0 s to 0.1 s", "starting, from 0.1 s to 5.6 s")
			.contains("quiescing, from 14.0 s to 18.1 s", "draining, from 18.1 s to 19.6 s",
					"closing, from 19.6 s to 20.1 s", "nobody gets new connections, from 15.0 s to 20.0 s");
		assertThat(of(elements, "member")).filteredOn((rect) -> isIn(rect, "lane")).hasSize(2);
		assertThat(of(elements, "exit")).extracting(Element::getTextContent)
			.singleElement()
			.asString()
			.endsWith("exit 143");
		assertThat(of(elements, "mark")).filteredOn((mark) -> isIn(mark, "lane"))
			.singleElement()
			.satisfies((mark) -> assertThat(first(mark, "title")).contains("SIGTERM"));
	}

	@Test
	void drawsRequestsFailuresAndLatencyAndPrintsTheReports() throws Exception {
		List<Element> elements = write(List.of(Rollouts.of("app", Rollouts.REPORT, 3)));
		assertThat(of(elements, "bar")).hasSize(29);
		assertThat(of(elements, "answered")).filteredOn((rect) -> isIn(rect, "bar")).hasSize(29);
		assertThat(of(elements, "failed")).filteredOn((rect) -> isIn(rect, "bar")).hasSize(1);
		assertThat(of(elements, "band")).filteredOn((rect) -> isIn(rect, "lanes")).hasSize(1);
		// All three at the same time are one stroke.
		assertThat(of(elements, "failure")).hasSize(1);
		assertThat(of(elements, "curve")).filteredOn((path) -> isIn(path, "plot")).hasSize(2);
		assertThat(named(elements, "pre")).extracting(Element::getTextContent)
			.contains(TerminationMessage.of(Rollouts.REPORT).text())
			.anyMatch((text) -> text.contains("8.1 s  Started"));
		assertThat(named(elements, "td")).extracting(Element::getTextContent)
			.contains("15.2 s", "kept-alive-1", "reset", "7", "290", "kept-alive", "42", "17 ms");
	}

	@Test
	void twoRunsStandOneUnderTheOtherWithTheSameScales() throws Exception {
		List<Element> elements = write(List.of(Rollouts.of("app", "", 3), Rollouts.of("app", Rollouts.REPORT, 0)));
		assertThat(named(elements, "h2")).extracting(Element::getTextContent)
			.containsExactly("Without the library", "With the library", "Without the library, in words",
					"With the library, in words");
		assertThat(named(elements, "li")).extracting(Element::getTextContent)
			.map(String::strip)
			.anyMatch((text) -> text.contains("Without the library, 3 of 290 requests failed (3 RESET)"))
			.anyMatch((text) -> text.contains("With the library, 0 of 290 requests failed"));
		List<List<String>> ticks = of(elements, "requests").stream()
			.map((plot) -> of(descendants(plot), "tick").stream().map(Element::getTextContent).toList())
			.toList();
		assertThat(ticks).hasSize(2);
		assertThat(ticks.get(0)).isNotEmpty().isEqualTo(ticks.get(1));
	}

	@Test
	void whatComesFromTheApplicationStaysText() throws Exception {
		Rollout hostile = Rollouts.of(Rollouts.HOSTILE, Rollouts.HOSTILE, 3);
		List<Element> elements = write(List.of(hostile, hostile));
		assertThat(elements).extracting(Element::getTagName).doesNotContain("script", "img", "a", "link", "iframe");
		assertThat(of(elements, "lane")).hasSize(4);
		assertThat(named(elements, "pre")).extracting(Element::getTextContent)
			.anyMatch((text) -> text.startsWith("</pre><script>alert('x')</script><img src=\"http://127.0.0.1:1/\">"));
		assertThat(named(elements, "summary")).extracting(Element::getTextContent)
			.anyMatch((text) -> text.contains("\u2400\u241b[31m \ufffd"));
	}

	@Test
	void namesNothingOutsideAndForbidsItAll() throws Exception {
		List<Element> elements = write(List.of(Rollouts.of("app", Rollouts.REPORT, 3)));
		assertThat(attributes(elements)).extracting(Attr::getName).doesNotContain("src", "href", "style", "onload");
		assertThat(attributes(elements)).extracting(Attr::getValue).noneMatch((value) -> value.contains("//"));
		assertThat(named(elements, "style")).singleElement()
			.extracting(Element::getTextContent)
			.asString()
			.doesNotContain("//", "@import")
			.containsPattern("url\\(#");
		assertThat(named(elements, "meta")).anySatisfy((meta) -> assertThat(meta.getAttribute("content"))
			.startsWith("default-src 'none'; style-src 'sha256-"));
	}

	@Test
	void hasATitleAndANameForEachDrawing() throws Exception {
		List<Element> elements = write(List.of(Rollouts.of("app", Rollouts.REPORT, 3)));
		assertThat(elements.get(0).getAttribute("lang")).isEqualTo("en");
		assertThat(named(elements, "title").get(0).getTextContent()).isEqualTo("Rehearsal: deletion of app");
		assertThat(of(elements, "plot")).hasSize(4).allSatisfy((plot) -> {
			assertThat(plot.getAttribute("role")).isEqualTo("img");
			assertThat(plot.getAttribute("aria-label")).isNotEmpty();
		});
	}

	@Test
	void aRolloutWithoutAnythingIsAPageToo() throws Exception {
		List<Element> elements = write(List.of(Rollouts.empty()));
		assertThat(of(elements, "lane")).isEmpty();
		assertThat(of(elements, "failures")).isEmpty();
		assertThat(attributes(elements)).extracting(Attr::getValue)
			.noneMatch((value) -> value.contains("NaN") || value.contains("Infinity"));
	}

	private List<Element> write(List<Rollout> rollouts) throws IOException, ParserConfigurationException, SAXException {
		Path file = this.directory.resolve("report.html");
		HtmlReport.write(rollouts, file);
		Document document = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(Files.readString(file))));
		return descendants(document.getDocumentElement());
	}

	private static List<Element> descendants(Element element) {
		NodeList nodes = element.getElementsByTagName("*");
		List<Element> elements = new ArrayList<>(List.of(element));
		for (int i = 0; i < nodes.getLength(); i++) {
			elements.add((Element) nodes.item(i));
		}
		return elements;
	}

	private static List<Attr> attributes(List<Element> elements) {
		List<Attr> attributes = new ArrayList<>();
		for (Element element : elements) {
			for (int i = 0; i < element.getAttributes().getLength(); i++) {
				attributes.add((Attr) element.getAttributes().item(i));
			}
		}
		return attributes;
	}

	private static List<Element> of(List<Element> elements, String kind) {
		return elements.stream().filter(hasClass(kind)).toList();
	}

	private static Predicate<Element> hasClass(String kind) {
		return (element) -> List.of(element.getAttribute("class").split(" ")).contains(kind);
	}

	private static boolean isIn(Element element, String kind) {
		return element.getParentNode() instanceof Element parent && (hasClass(kind).test(parent) || isIn(parent, kind));
	}

	private static List<Element> named(List<Element> elements, String name) {
		return elements.stream().filter((element) -> element.getTagName().equals(name)).toList();
	}

	private static String first(Element element, String name) {
		return element.getElementsByTagName(name).item(0).getTextContent();
	}

}

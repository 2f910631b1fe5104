package io.podlifecycle.rehearsal.cli.report;

import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;

import io.podlifecycle.rehearsal.rollout.Rollout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

class JUnitReportTests {

	@TempDir
	private Path directory = Path.of(".");

	@Test
	void aRolloutThatLostRequestsIsAFailedTestWithTheFirstFailures() throws Exception {
		Element suite = write(List.of(Rollouts.of("app", "", 3)));
		assertThat(suite.getAttribute("tests")).isEqualTo("1");
		assertThat(suite.getAttribute("failures")).isEqualTo("1");
		assertThat(suite.getAttribute("time")).isEqualTo("25.000");
		assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-11-22T12:00:00Z");
		assertThat(((Element) suite.getFirstChild()).getAttribute("name")).isEqualTo("deletion of app");
		Element failure = (Element) suite.getElementsByTagName("failure").item(0);
		assertThat(failure.getAttribute("message")).isEqualTo("3 of 290 requests failed (3 RESET)");
		assertThat(failure.getTextContent()).contains("kept-alive-1", "after 7 requests");
	}

	@Test
	void ofTwoThatAreComparedTheSecondIsTheResult() throws Exception {
		Element suite = write(List.of(Rollouts.of("app", "", 3), Rollouts.of("app", "", 0)));
		assertThat(suite.getAttribute("failures")).isEqualTo("0");
		assertThat(suite.getElementsByTagName("failure").getLength()).isZero();
	}

	@Test
	void textThatNoXmlCanHoldIsReplaced() throws Exception {
		Element failure = (Element) write(List.of(Rollouts.of(Rollouts.HOSTILE, "", 1))).getElementsByTagName("failure")
			.item(0);
		assertThat(failure.getTextContent()).contains("</pre><script>", "]]>", "\ufffd[31m");
	}

	private Element write(List<Rollout> rollouts) throws Exception {
		Path file = JUnitReport.write(rollouts, this.directory.resolve("TEST-rehearsal.xml"));
		return DocumentBuilderFactory.newDefaultInstance()
			.newDocumentBuilder()
			.parse(file.toFile())
			.getDocumentElement();
	}

}

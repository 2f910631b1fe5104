package io.podlifecycle.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference of the properties is what the configuration metadata says, no more and no
 * less. Run with {@code -Dreference.write} it is written anew. Takes seconds, since it
 * runs the annotation processor over all properties.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ReferenceTests {

	private static final Path FILE = Path.of("..", "docs", "reference.md");

	private static final String BEGIN = "<!-- properties: written by ReferenceTests, with -Dreference.write -->\n";

	private static final String END = "<!-- end of the properties -->";

	private static final Pattern ROW = Pattern.compile("^\\| `(….|pod-lifecycle|management)([^`]*)`",
			Pattern.MULTILINE);

	private static final String COMMAND = "mvn test -pl autoconfigure -am -Dtest=ReferenceTests"
			+ " -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write";

	private String file = "";

	private PropertyTables tables;

	@BeforeAll
	void read(@TempDir Path directory) throws Exception {
		this.tables = new PropertyTables(directory);
		this.file = Files.readString(FILE);
	}

	@Test
	void theReferenceIsUpToDate() throws Exception {
		String upToDate = this.file.substring(0, this.file.indexOf(BEGIN) + BEGIN.length()) + "\n"
				+ this.tables.markdown() + "\n" + this.file.substring(this.file.indexOf(END));
		if (System.getProperty("reference.write") != null) {
			Files.writeString(FILE, upToDate);
		}
		else {
			assertThat(this.file).as("docs/reference.md is stale. Write it anew with:%n%s", COMMAND)
				.isEqualTo(upToDate);
		}
	}

	@Test
	void everyPropertyHasOneRowAndEveryRowAProperty() {
		List<String> rows = ROW.matcher(this.tables.markdown())
			.results()
			.map((MatchResult row) -> row.group(1).replace("….", "pod-lifecycle.startup.dependencies.<name>.")
					+ row.group(2))
			.toList();
		assertThat(rows).hasSizeGreaterThan(70).containsExactlyInAnyOrderElementsOf(this.tables.names());
	}

}

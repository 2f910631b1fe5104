package io.podlifecycle.docs;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each field report has a public reference, and a test that runs.
 */
class FieldReportsTests {

	private static final Path PAGE = Snippet.ROOT.resolve("docs/field-reports.md");

	private static final Pattern REFERENCE = Pattern
		.compile("\\[([\\w.-]+)#(\\d+)]\\(https://github\\.com/[\\w.-]+/\\1/(?:issues|pull)/\\2\\)");

	private static final Pattern LINK = Pattern
		.compile("\\[(\\w+)#(\\w+)]\\(\\.\\./autoconfigure/src/test/java/([\\w/]+)/\\1\\.java\\)");

	static List<String> rows() {
		return Snippet.read(PAGE).lines().filter((line) -> line.startsWith("| [")).toList();
	}

	@Test
	void thereAreForty() {
		assertThat(rows()).hasSizeGreaterThanOrEqualTo(40);
		assertThat(rows().stream().flatMap((row) -> REFERENCE.matcher(row).results()).map(MatchResult::group))
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("rows")
	void eachHasAReferenceAndATestThatRuns(String row) {
		String[] cells = row.split("\\|");
		assertThat(cells).hasSize(5);
		assertThat(REFERENCE.matcher(cells[1]).results()).isNotEmpty();
		assertThat(LINK.matcher(cells[4]).results()).isNotEmpty()
			.hasSize(cells[4].split("]\\(").length - 1)
			.allSatisfy((link) -> assertThat(runs(link.group(3).replace('/', '.') + '.' + link.group(1), link.group(2)))
				.as(link.group())
				.isTrue());
	}

	@Test
	void whatDoesNotRunIsNoticed() {
		String name = Examples.class.getName();
		assertThat(runs(name, "runs")).isTrue();
		for (String method : List.of("isDisabled", "isNoTest", "doesNotExist")) {
			assertThat(runs(name, method)).as(method).isFalse();
		}
		assertThat(runs(DisabledExamples.class.getName(), "runs")).isFalse();
		assertThat(runs(AbstractExamples.class.getName(), "runs")).isFalse();
		assertThat(runs(name + "s", "runs")).isFalse();
	}

	private static boolean runs(String className, String methodName) {
		Class<?> type;
		try {
			type = Class.forName(className, false, FieldReportsTests.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
		return !Modifier.isAbstract(type.getModifiers()) && !AnnotationSupport.isAnnotated(type, Disabled.class)
				&& tests(type).anyMatch((method) -> method.getName().equals(methodName));
	}

	private static Stream<Method> tests(Class<?> type) {
		return ReflectionSupport.streamMethods(type, (method) -> AnnotationSupport.isAnnotated(method, Testable.class)
				&& !AnnotationSupport.isAnnotated(method, Disabled.class), HierarchyTraversalMode.TOP_DOWN);
	}

	abstract static class AbstractExamples {

		@Test
		void runs() {
		}

	}

	static class Examples extends AbstractExamples {

		@Test
		@Disabled
		void isDisabled() {
		}

		void isNoTest() {
		}

	}

	@Disabled
	static class DisabledExamples extends AbstractExamples {

	}

}

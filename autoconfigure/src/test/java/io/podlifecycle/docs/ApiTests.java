package io.podlifecycle.docs;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The published API is what {@code docs/api.md} lists. Whatever else is public is marked
 * as internal, which {@code -Papi} leaves out when it compares with a release.
 */
class ApiTests {

	private static final int MOST = 40;

	private static final Pattern OURS = Pattern.compile("io\\.podlifecycle\\.[a-z.]+\\.[A-Z]\\w*");

	private final List<String> listed = PublishedTypes.listed(Path.of("..", "docs", "api.md"));

	@Test
	void everyPublicTypeIsListedOrMarkedAsInternal() throws IOException {
		assertThat(this.listed).containsExactlyInAnyOrderElementsOf(PublishedTypes.unmarked());
	}

	@Test
	void itIsSmall() {
		assertThat(this.listed).hasSizeLessThanOrEqualTo(MOST).doesNotHaveDuplicates();
	}

	/** Constructors and factories are for the library. */
	@Test
	void whatItsMethodsTakeAndReturnIsPublishedToo() {
		List<String> leaks = this.listed.stream()
			.map((name) -> ClassUtils.resolveClassName(name, getClass().getClassLoader()))
			.flatMap((type) -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses())))
			.filter((type) -> Modifier.isPublic(type.getModifiers()))
			.flatMap((type) -> Stream.of(type.getDeclaredMethods()))
			.filter((method) -> isForApplications(method))
			.flatMap((method) -> types(method).filter((type) -> !this.listed.contains(type))
				.map((type) -> method + ": " + type))
			.toList();
		assertThat(leaks).isEmpty();
	}

	private static boolean isForApplications(Method method) {
		return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())
				&& !method.isSynthetic();
	}

	/** A type that is package-private is of no use to others. */
	private static Stream<String> types(Method method) {
		return Stream.concat(Stream.of(method.getGenericReturnType()), Arrays.stream(method.getGenericParameterTypes()))
			.map(Type::getTypeName)
			.flatMap((name) -> OURS.matcher(name).results().map(MatchResult::group))
			.filter((name) -> Modifier
				.isPublic(ClassUtils.resolveClassName(name, ApiTests.class.getClassLoader()).getModifiers()));
	}

}

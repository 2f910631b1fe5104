package io.podlifecycle.boot.run;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.docs.PublishedTypes;
import io.podlifecycle.shutdown.Participant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * A bean that an application can declare in place of one of the library: its type is
 * published, or its name is.
 */
class BackOffTests {

	private static final Class<?>[] OURS = ImportCandidates
		.load(AutoConfiguration.class, BackOffTests.class.getClassLoader())
		.getCandidates()
		.stream()
		.filter((name) -> name.startsWith("io.podlifecycle."))
		.map((name) -> ClassUtils.resolveClassName(name, BackOffTests.class.getClassLoader()))
		.toArray(Class<?>[]::new);

	/** Any number of beans of these take part. */
	private static final Set<Class<?>> CONTRIBUTED = Set.of(Participant.class, ProbeFactory.class);

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OURS))
		.withClassLoader(new FilteredClassLoader(TomcatWebServer.class, JettyWebServer.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*",
				"management.endpoint.prestop.access=READ_ONLY", "management.info.pod-lifecycle.enabled=true");

	static Stream<Method> replaceable() throws IOException {
		return BeanMethods.all()
			.stream()
			.filter((method) -> method.isAnnotationPresent(ConditionalOnMissingBean.class));
	}

	@Test
	void thereAreSome() throws IOException {
		assertThat(replaceable()).hasSizeGreaterThan(5);
	}

	@ParameterizedTest
	@MethodSource("replaceable")
	void isReplacedByThatOfTheApplication(Method method) {
		boolean byName = method.getAnnotation(ConditionalOnMissingBean.class).name().length > 0;
		WebApplicationContextRunner runner = method.getDeclaringClass().getPackageName().endsWith(".grpc")
				? this.contextRunner.withBean(Server.class, () -> ServerBuilder.forPort(0).build())
				: this.contextRunner;
		runner.run((context) -> assertThat(context).hasBean(method.getName()));
		Object own = mock(method.getReturnType());
		replace(runner, byName ? method.getName() : "own", method.getReturnType(), own).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(method.getReturnType())).isSameAs(own);
		});
	}

	@SuppressWarnings("unchecked")
	private static <T> WebApplicationContextRunner replace(WebApplicationContextRunner runner, String name,
			Class<T> type, Object own) {
		return runner.withBean(name, type, () -> (T) own);
	}

	@Test
	void everyBeanOfAPublishedTypeCanBeReplaced() throws IOException {
		List<String> published = PublishedTypes.listed(Path.of("..", "docs", "api.md"));
		List<Class<?>> types = published.stream()
			.<Class<?>>map((name) -> ClassUtils.resolveClassName(name, getClass().getClassLoader()))
			.filter((type) -> !CONTRIBUTED.contains(type))
			.toList();
		assertThat(BeanMethods.all()).hasSizeGreaterThan(40)
			.filteredOn((method) -> types.stream().anyMatch((type) -> type.isAssignableFrom(method.getReturnType())))
			.hasSizeGreaterThan(3)
			.allSatisfy((method) -> assertThat(method.isAnnotationPresent(ConditionalOnMissingBean.class))
				.as(method.toString())
				.isTrue());
	}

}

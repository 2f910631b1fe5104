package io.podlifecycle.boot.run;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.grpc.ServerInterceptor;
import io.podlifecycle.boot.Orders;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.rsocket.server.RSocketServerCustomizer;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

/**
 * The table of {@code docs/internals.md} names whatever is called in turn with the
 * components of others, its order and its test.
 */
class OrderTableTests {

	private static final ClassLoader CLASS_LOADER = OrderTableTests.class.getClassLoader();

	private static final List<String> TESTS = Stream.of(OrdersTests.class, AutoConfigurationOrderTests.class)
		.flatMap((type) -> Stream.of(type.getDeclaredMethods()))
		.map(Method::getName)
		.toList();

	/** What is called in turn with components of others. */
	private static final List<Class<?>> KINDS = List.of(ApplicationListener.class, ApplicationContextInitializer.class,
			SpringApplicationRunListener.class, SpringBootExceptionReporter.class, FailureAnalyzer.class,
			EnvironmentPostProcessor.class, Filter.class, WebFilter.class, HandlerInterceptor.class,
			HandlerAdapter.class, org.springframework.web.reactive.HandlerAdapter.class, WebMvcConfigurer.class,
			BeanPostProcessor.class, BeanFactoryPostProcessor.class, Lifecycle.class, ApplicationRunner.class,
			CommandLineRunner.class, WebServerFactoryCustomizer.class, TomcatConnectorCustomizer.class,
			RSocketServerCustomizer.class, ServerBuilderCustomizer.class, ServerInterceptor.class,
			HealthEndpointGroupsPostProcessor.class, Ordered.class);

	@Test
	void theTableHasARowForAllThatIsOrdered() throws Exception {
		List<String[]> rows = rows();
		Set<String> named = new TreeSet<>();
		Set<String> orders = new TreeSet<>();
		for (String[] row : rows) {
			named.addAll(quoted(row[1]));
			orders.addAll(quoted(row[2]));
			assertThat(row[3]).as("relation of " + row[1]).isNotBlank();
			assertThat(quoted(row[2]).isEmpty() || !quoted(row[4]).isEmpty()).as("test of " + row[1]).isTrue();
			for (String test : quoted(row[4])) {
				assertThat(TESTS).contains(test);
			}
		}
		assertThat(named).containsExactlyElementsOf(components());
		assertThat(orders).containsExactlyInAnyOrderElementsOf(
				Stream.of(Orders.class.getDeclaredFields()).map(Field::getName).toList());
	}

	@Test
	void noOrderIsStatedElsewhere() throws IOException {
		Pattern number = Pattern.compile("_PRECEDENCE|SmartLifecycle.DEFAULT_PHASE|@Order\\(-?\\d");
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			assertThat(files.filter((file) -> file.toString().endsWith(".java") && !file.endsWith("Orders.java")))
				.filteredOn((file) -> number.matcher(contentOf(file.toFile())).find())
				.isEmpty();
		}
	}

	private static List<String[]> rows() throws IOException {
		String page = Files.readString(Path.of("../docs/internals.md"));
		String table = page.substring(page.indexOf("## Order"));
		return table.lines().filter((line) -> line.startsWith("|")).skip(2).map((line) -> line.split("\\|")).toList();
	}

	private static List<String> quoted(String text) {
		return Pattern.compile("`(\\w+)`").matcher(text).results().map((result) -> result.group(1)).toList();
	}

	/** Classes, and beans whose class is not ours. */
	private static Set<String> components() throws IOException {
		String main = Orders.class.getProtectionDomain().getCodeSource().getLocation().toString();
		Set<String> names = new TreeSet<>();
		for (Resource resource : new PathMatchingResourcePatternResolver(CLASS_LOADER)
			.getResources("classpath*:io/podlifecycle/**/*.class")) {
			String location = resource.getURL().toString();
			if (location.startsWith(main) && !location.endsWith("-info.class")) {
				Class<?> type = ClassUtils.resolveClassName(
						location.substring(main.length(), location.length() - ".class".length()).replace('/', '.'),
						CLASS_LOADER);
				if (isOfKind(type) && !type.isAnonymousClass() && !type.isInterface()) {
					names.add(type.getSimpleName());
				}
			}
		}
		BeanMethods.all().forEach((method) -> {
			boolean known = isOurs(method.getReturnType());
			if (known ? method.isAnnotationPresent(Order.class) : isOfKind(method.getReturnType())) {
				names.add(known ? method.getReturnType().getSimpleName() : method.getName());
			}
		});
		return names;
	}

	private static boolean isOfKind(Class<?> type) {
		return KINDS.stream().anyMatch((kind) -> kind.isAssignableFrom(type));
	}

	private static boolean isOurs(Class<?> type) {
		return type.getName().startsWith("io.podlifecycle.");
	}

}

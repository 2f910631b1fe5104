package io.podlifecycle.boot.run;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application gets that injects a bean by a common type: the same with the
 * library as with Spring Boot alone.
 */
@Tag("full")
class InjectionTests {

	private static final String[] OURS = ImportCandidates
		.load(AutoConfiguration.class, InjectionTests.class.getClassLoader())
		.getCandidates()
		.stream()
		.filter((name) -> name.startsWith("io.podlifecycle."))
		.toArray(String[]::new);

	static Stream<Arguments> applications() {
		return Stream.of(Arguments.of("no web", new ApplicationContextRunner()),
				Arguments.of("servlet", new WebApplicationContextRunner()),
				Arguments.of("reactive", new ReactiveWebApplicationContextRunner()));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("applications")
	void ofOneBeanOfATypeIsTheSameAsWithoutTheLibrary(String name, AbstractApplicationContextRunner<?, ?, ?> runner) {
		AbstractApplicationContextRunner<?, ?, ?> application = runner.withUserConfiguration(Application.class)
			.withPropertyValues("spring.grpc.server.port=-1", "management.endpoints.web.exposure.include=*",
					"pod-lifecycle.startup.warm-up.paths=/", "spring.main.cloud-platform=kubernetes")
			.withBean(SimpleAsyncTaskExecutor.class, SimpleAsyncTaskExecutor::new)
			.withBean(Server.class, () -> ServerBuilder.forPort(0).build());
		Map<Class<?>, Set<String>> with = new TreeMap<>(Comparator.comparing(Class::getName));
		Map<Class<?>, Set<String>> without = new TreeMap<>(Comparator.comparing(Class::getName));
		Set<Class<?>> types = new LinkedHashSet<>();
		application.run((context) -> {
			assertThat(context).hasNotFailed();
			ConfigurableListableBeanFactory beans = context.getSourceApplicationContext().getBeanFactory();
			Stream.concat(Arrays.stream(beans.getBeanDefinitionNames()), Arrays.stream(beans.getSingletonNames()))
				.filter((bean) -> bean.startsWith("podLifecycle"))
				.map((bean) -> beans.getType(bean, false))
				.filter(Objects::nonNull)
				.forEach((type) -> types.addAll(foreignTypes(type)));
			types.forEach((type) -> with.put(type, candidates(beans, type)));
		});
		application.withPropertyValues("spring.autoconfigure.exclude=" + String.join(",", OURS)).run((context) -> {
			assertThat(context).hasNotFailed();
			ConfigurableListableBeanFactory beans = context.getSourceApplicationContext().getBeanFactory();
			types.forEach((type) -> without.put(type, candidates(beans, type)));
		});
		assertThat(types).hasSizeGreaterThan(10);
		without.values().removeIf((candidates) -> candidates.size() > 1);
		with.keySet().retainAll(without.keySet());
		assertThat(with).isEqualTo(without);
	}

	/** Those that others than the library declare. */
	private static Set<Class<?>> foreignTypes(Class<?> bean) {
		Set<Class<?>> types = new HashSet<>(ClassUtils.getAllInterfacesForClassAsSet(bean));
		for (Class<?> type = bean; type != null; type = type.getSuperclass()) {
			types.add(type);
		}
		return types.stream()
			.filter((type) -> type != Object.class && type != Record.class
					&& !type.getName().startsWith("io.podlifecycle."))
			.collect(Collectors.toSet());
	}

	/**
	 * The beans among which Spring chooses the one to inject, but for those that give way
	 * to any other.
	 */
	private static Set<String> candidates(ConfigurableListableBeanFactory beans, Class<?> type) {
		DependencyDescriptor descriptor = new Injected(type);
		List<String> candidates = Arrays.stream(beans.getBeanNamesForType(type, true, false))
			.filter((name) -> beans.isAutowireCandidate(name, descriptor))
			.toList();
		return candidates.stream()
			.filter((name) -> !beans.containsBeanDefinition(name) || !beans.getMergedBeanDefinition(name).isFallback())
			.collect(Collectors.toSet());
	}

	private static final class Injected extends DependencyDescriptor {

		private static final Field FIELD = Objects.requireNonNull(ReflectionUtils.findField(Injected.class, "type"));

		private final Class<?> type;

		Injected(Class<?> type) {
			super(FIELD, false);
			this.type = type;
		}

		@Override
		public Class<?> getDependencyType() {
			return this.type;
		}

		@Override
		public ResolvableType getResolvableType() {
			return ResolvableType.forClass(this.type);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

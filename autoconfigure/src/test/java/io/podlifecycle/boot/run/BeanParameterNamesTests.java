package io.podlifecycle.boot.run;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A parameter that is called as its bean spares Spring a look through all bean
 * definitions, which in a large application are many.
 */
class BeanParameterNamesTests {

	private final List<Method> beanMethods = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
		.getCandidates()
		.stream()
		.filter((name) -> name.startsWith("io.podlifecycle."))
		.map((name) -> ClassUtils.resolveClassName(name, getClass().getClassLoader()))
		.flatMap((type) -> Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses())))
		.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
		.filter((method) -> method.isAnnotationPresent(Bean.class))
		.toList();

	@Test
	void areThoseOfTheBeansWhereThereIsOneOfTheType() {
		Map<Class<?>, List<String>> beans = this.beanMethods.stream()
			.collect(Collectors.groupingBy(Method::getReturnType,
					Collectors.mapping(Method::getName, Collectors.toList())));
		assertThat(this.beanMethods).hasSizeGreaterThan(40)
			.flatMap((method) -> Arrays.asList(method.getParameters()))
			.filteredOn((parameter) -> beans.getOrDefault(parameter.getType(), List.of()).size() == 1)
			.hasSizeGreaterThan(20)
			.allSatisfy((parameter) -> assertThat(parameter.getName())
				.as("a parameter of " + parameter.getDeclaringExecutable())
				.isIn(beans.getOrDefault(parameter.getType(), List.of())));
	}

}

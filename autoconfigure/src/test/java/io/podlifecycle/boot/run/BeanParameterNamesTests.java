package io.podlifecycle.boot.run;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A parameter that is called as its bean spares Spring a look through all bean
 * definitions, which in a large application are many.
 */
class BeanParameterNamesTests {

	@Test
	void areThoseOfTheBeansWhereThereIsOneOfTheType() throws IOException {
		List<Method> beanMethods = BeanMethods.all();
		Map<Class<?>, List<String>> beans = beanMethods.stream()
			.collect(Collectors.groupingBy(Method::getReturnType,
					Collectors.mapping(Method::getName, Collectors.toList())));
		assertThat(beanMethods).hasSizeGreaterThan(40)
			.flatMap((method) -> Arrays.asList(method.getParameters()))
			.filteredOn((parameter) -> beans.getOrDefault(parameter.getType(), List.of()).size() == 1)
			.hasSizeGreaterThan(20)
			.allSatisfy((parameter) -> assertThat(parameter.getName())
				.as("a parameter of " + parameter.getDeclaringExecutable())
				.isIn(beans.getOrDefault(parameter.getType(), List.of())));
	}

}

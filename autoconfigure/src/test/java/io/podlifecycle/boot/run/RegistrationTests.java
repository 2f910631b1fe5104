package io.podlifecycle.boot.run;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Names in files and annotations rot: each has to be that of a class.
 */
class RegistrationTests {

	/** What the version of Spring Boot that is tested with does not have. */
	private static final String ABSENT = System.getProperty("absent.package", "(none)");

	private final ClassLoader classLoader = getClass().getClassLoader();

	@Test
	void everyAutoConfigurationIsImportedAndOrderedByClassesThatExist() {
		List<String> imports = ImportCandidates.load(AutoConfiguration.class, this.classLoader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.podlifecycle."))
			.toList();
		assertThat(imports).hasSizeGreaterThanOrEqualTo(4).isSorted();
		for (String name : imports) {
			AutoConfiguration annotation = AnnotatedElementUtils.findMergedAnnotation(load(name),
					AutoConfiguration.class);
			assertThat(annotation).as(name).isNotNull();
			Stream.of(annotation.afterName(), annotation.beforeName())
				.flatMap(Stream::of)
				.filter((other) -> !other.startsWith(ABSENT))
				.forEach(this::load);
		}
	}

	/** The others are nested, or stand beside the adapters of each server. */
	@Test
	void everyOtherConfigurationIsImportedByOneOfThem() throws Exception {
		Class<?> selector = load("io.podlifecycle.web.PodLifecycleWebAutoConfiguration$Configurations");
		String[] imported = ((ImportSelector) BeanUtils.instantiateClass(selector))
			.selectImports(AnnotationMetadata.introspect(selector));
		assertThat(BeanMethods.configurations())
			.filteredOn((type) -> !type.isMemberClass() && !type.isAnnotationPresent(AutoConfiguration.class))
			.extracting(Class::getName)
			.containsExactlyInAnyOrder(imported);
	}

	@Test
	void everyClassInSpringFactoriesExists() throws IOException {
		Enumeration<URL> files = this.classLoader.getResources("META-INF/spring.factories");
		int seen = 0;
		while (files.hasMoreElements()) {
			Properties properties = new Properties();
			properties.load(files.nextElement().openStream());
			for (String type : properties.stringPropertyNames()) {
				for (String name : StringUtils.commaDelimitedListToStringArray(properties.getProperty(type))) {
					if (name.startsWith("io.podlifecycle.")) {
						assertThat(load(type)).isAssignableFrom(load(name));
						seen++;
					}
				}
			}
		}
		assertThat(seen).isGreaterThanOrEqualTo(4);
	}

	private Class<?> load(String name) {
		assertThatCode(() -> ClassUtils.forName(name, this.classLoader)).doesNotThrowAnyException();
		return ClassUtils.resolveClassName(name, this.classLoader);
	}

}

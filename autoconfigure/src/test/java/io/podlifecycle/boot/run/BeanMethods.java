package io.podlifecycle.boot.run;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.boot.Activation;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/**
 * What declares the beans of the library.
 */
final class BeanMethods {

	private static final ClassLoader CLASS_LOADER = BeanMethods.class.getClassLoader();

	private BeanMethods() {
	}

	/** The configurations of the library, those that are nested included. */
	static List<Class<?>> configurations() throws IOException {
		String main = Activation.class.getProtectionDomain().getCodeSource().getLocation().toString();
		return Stream
			.of(new PathMatchingResourcePatternResolver(CLASS_LOADER)
				.getResources("classpath*:io/podlifecycle/**/*Configuration*.class"))
			.map(BeanMethods::location)
			.filter((location) -> location.startsWith(main))
			.map((location) -> location.substring(main.length(), location.length() - ".class".length()))
			.<Class<?>>map((name) -> ClassUtils.resolveClassName(name.replace('/', '.'), CLASS_LOADER))
			.filter((type) -> AnnotatedElementUtils.hasAnnotation(type, Configuration.class))
			.toList();
	}

	static List<Method> all() throws IOException {
		return configurations().stream()
			.flatMap((type) -> Arrays.stream(type.getDeclaredMethods()))
			.filter((method) -> method.isAnnotationPresent(Bean.class))
			.toList();
	}

	private static String location(Resource resource) {
		try {
			return resource.getURL().toString();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}

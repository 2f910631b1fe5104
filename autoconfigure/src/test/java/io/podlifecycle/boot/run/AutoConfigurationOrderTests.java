package io.podlifecycle.boot.run;

import java.util.List;
import java.util.stream.Stream;

import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.grpc.PodLifecycleGrpcAutoConfiguration;
import io.podlifecycle.web.PodLifecycleWebAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where auto-configurations stand among those of others, whichever comes first.
 */
class AutoConfigurationOrderTests {

	/** Boot relies on the alphabet here and there. */
	@Test
	void autoConfigurationsLeaveTheOrderOfOthersAsItIs() {
		List<String> others = sorted(autoConfigurations().filter((type) -> !isOurs(type)).toList());
		assertThat(others).hasSizeGreaterThan(50);
		for (List<Class<?>> all : OrdersTests.bothWays(autoConfigurations().toList())) {
			assertThat(sorted(all)).filteredOn((name) -> !name.startsWith("io.podlifecycle."))
				.containsExactlyElementsOf(others);
		}
		for (Class<?> ours : autoConfigurations().filter(AutoConfigurationOrderTests::isOurs).toList()) {
			List<Class<?>> all = Stream.concat(Stream.of(ours), autoConfigurations().filter((type) -> !isOurs(type)))
				.toList();
			assertThat(sorted(all)).as(ours.getName())
				.filteredOn((name) -> !name.equals(ours.getName()))
				.containsExactlyElementsOf(others);
		}
	}

	/** Boot has one that is of the same order. */
	@Test
	void autoConfigurationsComeAfterThoseThatDeclareWhatTheyLookFor() {
		for (List<Class<?>> all : OrdersTests.bothWays(autoConfigurations().toList())) {
			List<String> sorted = sorted(all);
			List<String> ours = sorted.stream().filter((name) -> name.startsWith("io.podlifecycle.")).toList();
			assertThat(ours.get(0)).endsWith("PodLifecycleAutoConfiguration");
			assertThat(ours).containsSubsequence("io.podlifecycle.grpc.PodLifecycleGrpcAutoConfiguration",
					"io.podlifecycle.rsocket.PodLifecycleRSocketAutoConfiguration",
					"io.podlifecycle.web.PodLifecycleWebAutoConfiguration");
			assertThat(sorted).containsSequence(ours)
				.filteredOn((name) -> sorted.indexOf(name) > sorted.indexOf(ours.get(ours.size() - 1)))
				.containsExactly(ManagementContextAutoConfiguration.class.getName());
		}
	}

	private static Stream<Class<?>> autoConfigurations() {
		return ImportCandidates.load(AutoConfiguration.class, AutoConfigurationOrderTests.class.getClassLoader())
			.getCandidates()
			.stream()
			.map((name) -> ClassUtils.resolveClassName(name, AutoConfigurationOrderTests.class.getClassLoader()));
	}

	private static boolean isOurs(Class<?> type) {
		return type.getName().startsWith("io.podlifecycle.");
	}

	private static List<String> sorted(List<Class<?>> types) {
		return Stream.of(Configurations.getClasses(AutoConfigurations.of(types.toArray(Class<?>[]::new))))
			.map(Class::getName)
			.toList();
	}

}

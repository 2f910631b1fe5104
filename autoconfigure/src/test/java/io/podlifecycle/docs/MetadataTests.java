package io.podlifecycle.docs;

import java.beans.PropertyDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.podlifecycle.boot.DependencyProperties;
import io.podlifecycle.boot.JournalProperties;
import io.podlifecycle.boot.ParticipantProperties;
import io.podlifecycle.boot.PodLifecycleProperties;
import io.podlifecycle.boot.ShutdownProperties;
import io.podlifecycle.boot.StartupProperties;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor offers is what can be bound, and each property is described.
 */
class MetadataTests {

	private final List<PropertyMetadata> metadata = PropertyMetadata.ofLibrary();

	@Test
	void thePropertiesAreThoseThatCanBeBound() {
		assertThat(this.metadata).extracting(PropertyMetadata::name)
			.filteredOn((name) -> name.startsWith("pod-lifecycle."))
			.hasSizeGreaterThan(50)
			.containsExactlyInAnyOrderElementsOf(bindable("pod-lifecycle", PodLifecycleProperties.class).toList());
	}

	@Test
	void everyPropertyIsDescribed() {
		assertThat(this.metadata)
			.allSatisfy((property) -> assertThat(property.description()).as(property.name()).endsWith("."));
	}

	@Test
	void aBareNumberIsANumberOfSecondsInEveryDuration() {
		assertThat(Stream
			.of(PodLifecycleProperties.class, StartupProperties.class, ShutdownProperties.class,
					ParticipantProperties.class, JournalProperties.class, DependencyProperties.class)
			.flatMap((type) -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses())))
			.flatMap((type) -> Stream.of(type.getDeclaredFields()))
			.filter((field) -> field.getType() == Duration.class)).hasSizeGreaterThan(20)
			.allSatisfy(
					(field) -> assertThat(field.isAnnotationPresent(DurationUnit.class)).as(field.toString()).isTrue());
	}

	private static Stream<String> bindable(String prefix, Class<?> type) {
		return Stream.of(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> !property.getName().equals("class"))
			.flatMap((property) -> bindable(prefix, property));
	}

	private static Stream<String> bindable(String prefix, PropertyDescriptor property) {
		String name = prefix + "." + dashed(property.getName());
		Class<?> type = property.getPropertyType();
		boolean leaf = property.getWriteMethod() != null || Map.class.isAssignableFrom(type);
		return leaf ? Stream.of(name) : bindable(name, type);
	}

	private static String dashed(String name) {
		String dashed = name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
		assertThat(ConfigurationPropertyName.isValid(dashed)).isTrue();
		return dashed;
	}

}

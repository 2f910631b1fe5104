package io.podlifecycle.docs;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
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
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.probe.ClientProbes;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor offers is what can be bound, and each property is described.
 */
@TestInstance(Lifecycle.PER_CLASS)
class MetadataTests {

	/**
	 * As "Creating Your Own Auto-configuration" in Spring Boot's reference asks for: no
	 * article at the beginning. No Javadoc either.
	 */
	private static final String DESCRIPTION = "(?!(The|An?) )(\\p{Lu}|gRPC )[^{}<>]*\\.";

	private final List<PropertyMetadata> metadata = PropertyMetadata.ofLibrary();

	private List<PropertyMetadata> dependency = List.of();

	@BeforeAll
	void readDependency(@TempDir Path directory) throws IOException {
		this.dependency = PropertyMetadata.ofDependency("pod-lifecycle.startup.dependencies.name", directory);
	}

	@Test
	void thePropertiesAreThoseThatCanBeBound() {
		assertThat(this.metadata).extracting(PropertyMetadata::name)
			.filteredOn((name) -> name.startsWith("pod-lifecycle."))
			.hasSizeGreaterThan(50)
			.containsExactlyInAnyOrderElementsOf(bindable("pod-lifecycle", PodLifecycleProperties.class).toList());
	}

	@Test
	void propertiesAndGroupsAreDescribedAsThoseOfSpringBootAre() {
		assertThat(Stream.concat(this.metadata.stream(), this.dependency.stream()))
			.allSatisfy((property) -> assertThat(property.description()).as(property.name()).matches(DESCRIPTION));
		assertThat(PropertyMetadata.items("groups")).hasSizeGreaterThan(20)
			.allSatisfy((group) -> assertThat((String) group.get("description")).as("%s", group.get("name"))
				.matches(DESCRIPTION));
	}

	@Test
	void theDescriptionOfABooleanBeginsWithWhether() {
		assertThat(Stream.concat(this.metadata.stream(), this.dependency.stream())
			.filter((property) -> property.type().equals(Boolean.class.getName()))).hasSizeGreaterThan(10)
			.allSatisfy((property) -> assertThat(property.description()).as(property.name()).startsWith("Whether "));
	}

	/** They share one class, whose description is the same for all. */
	@Test
	void theSwitchOfEachParticipantHasADescriptionOfItsOwn() {
		assertThat(this.metadata)
			.filteredOn((property) -> property.name().matches("pod-lifecycle\\.shutdown\\.participants\\..+\\.enabled"))
			.hasSizeGreaterThan(10)
			.extracting(PropertyMetadata::description)
			.doesNotHaveDuplicates()
			.doesNotContain("Whether the participant takes part in the shutdown.");
	}

	@Test
	void theDescriptionOfADurationNamesTheDefaultUnitAsSpringBootDoes() throws IOException {
		assertThat(Collections.list(getClass().getClassLoader().getResources(PropertyMetadata.FILE)))
			.filteredOn((metadata) -> metadata.toString().contains("/spring-boot-"))
			.anySatisfy((metadata) -> assertThat(read(metadata)).contains(PropertyMetadata.SECONDS));
		assertThat(Stream.concat(this.metadata.stream(), this.dependency.stream())
			.filter((property) -> property.type().equals(Duration.class.getName()))
			.filter((property) -> property.name().startsWith("pod-lifecycle."))).hasSizeGreaterThan(20)
			.allSatisfy((property) -> assertThat(property.description()).as(property.name())
				.endsWith(" " + PropertyMetadata.SECONDS));
	}

	@Test
	void theDefaultOfADurationHasAUnit() {
		assertThat(Stream.concat(this.metadata.stream(), this.dependency.stream())
			.filter((property) -> property.type().equals(Duration.class.getName()))
			.filter((property) -> property.defaultValue() != null))
			.hasSizeGreaterThan(15)
			.allSatisfy((property) -> assertThat(property.defaultValue()).as(property.name())
				.asString()
				.matches("\\d+(ms|s|m)"));
	}

	@Test
	void hintsAreOfPropertiesThatThereAreAndHaveProvidersThatEditorsKnow() {
		assertThat(PropertyMetadata.items("hints")).isNotEmpty().allSatisfy((hint) -> {
			String name = String.valueOf(hint.get("name"))
				.replaceFirst("dependencies\\.(keys|values)$", "dependencies");
			assertThat(this.metadata).extracting(PropertyMetadata::name).contains(name);
			assertThat(hint.get("providers")).asInstanceOf(InstanceOfAssertFactories.list(Map.class))
				.isNotEmpty()
				.allSatisfy((provider) -> assertThat(provider.get("name")).isIn("any", "spring-bean-reference"));
		});
	}

	@Test
	void theUrisOfDependenciesThatAnEditorOffersHaveTheSchemesOfTheProbes() {
		assertThat(PropertyMetadata.items("hints")).filteredOn("name", "pod-lifecycle.startup.dependencies.values")
			.singleElement()
			.extracting("values", InstanceOfAssertFactories.list(Map.class))
			.extracting((value) -> String.valueOf(value.get("value")).replaceFirst(":.*", ""))
			.containsExactlyInAnyOrderElementsOf(
					Stream.concat(Probes.builtIn().stream(), ClientProbes.factories(null).stream())
						.flatMap((factory) -> factory.schemes().stream())
						.toList());
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

	private static String read(URL file) {
		try (InputStream text = file.openStream()) {
			return new String(text.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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

package io.podlifecycle.boot;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says which property, which value, where it comes from and how to fix it.
 */
@Internal
@Order(Orders.FAILURE_ANALYZER)
public final class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertyException> {

	private final Environment environment;

	public InvalidPropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertyException cause) {
		String description = String.format("%s%n%n    Property: %s%n    Value: \"%s\"%s", cause.getMessage(),
				cause.property(), cause.value(), origin(cause.property()));
		return new FailureAnalysis(description, cause.fix(), cause);
	}

	private String origin(String name) {
		ConfigurationProperty property = find(name);
		return (property != null && property.getOrigin() != null)
				? String.format("%n    Origin: %s", property.getOrigin()) : "";
	}

	private @Nullable ConfigurationProperty find(String name) {
		ConfigurationPropertyName propertyName = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(propertyName);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}

package io.podlifecycle.boot;

import io.podlifecycle.Internal;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * Binds properties that are needed before there are beans. To look for each of them in
 * each source takes time, so nothing is bound where nothing is set.
 */
@Internal
public final class EarlyProperties {

	private EarlyProperties() {
	}

	/**
	 * Bind properties.
	 * @param unset what they are where nothing is set, and what is changed otherwise
	 * @return the same object
	 */
	public static <T> T bind(Environment environment, String prefix, T unset) {
		return isSet(environment, prefix)
				? Binder.get(environment).bind(prefix, Bindable.ofInstance(unset)).orElse(unset) : unset;
	}

	/** Whether something below the prefix is set, or may be. */
	public static boolean isSet(Environment environment, String prefix) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(prefix);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(name) != ConfigurationPropertyState.ABSENT) {
				return true;
			}
		}
		return false;
	}

}

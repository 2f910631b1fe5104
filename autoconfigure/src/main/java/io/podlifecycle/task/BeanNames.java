package io.podlifecycle.task;

import java.util.List;
import java.util.function.Predicate;

import io.podlifecycle.boot.InvalidPropertyException;

/**
 * Names of beans in properties.
 */
final class BeanNames {

	private BeanNames() {
	}

	/**
	 * Refuse a name that has no effect.
	 * @param property the property
	 * @param names its value
	 * @param suitable whether there is a bean of a name for which the property has an
	 * effect
	 * @param kind what such a bean is
	 */
	static void check(String property, List<String> names, Predicate<String> suitable, String kind) {
		for (String name : names) {
			if (!suitable.test(name)) {
				throw new InvalidPropertyException(property, name,
						"there is no bean named '" + name + "' that is " + kind,
						"Name such a bean, or remove the entry.");
			}
		}
	}

}

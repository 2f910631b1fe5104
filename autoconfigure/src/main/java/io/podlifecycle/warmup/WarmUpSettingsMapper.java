package io.podlifecycle.warmup;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.Numbers;
import io.podlifecycle.boot.StartupProperties;

/**
 * Makes immutable, validated settings out of the properties of the warm-up.
 */
@Internal
public final class WarmUpSettingsMapper {

	private static final String PREFIX = "pod-lifecycle.startup.warm-up.";

	private WarmUpSettingsMapper() {
	}

	public static WarmUpSettings settings(StartupProperties.WarmUp properties) {
		for (String path : properties.getPaths()) {
			if (!path.startsWith("/")) {
				throw new InvalidPropertyException(PREFIX + "paths", path, "it does not start with a slash",
						"Set it to the path of a GET as a client sends it, such as /fortunes?limit=1.");
			}
		}
		return new WarmUpSettings(properties.getPaths(), Numbers.positive(PREFIX + "count", properties.getCount()),
				Numbers.positive(PREFIX + "concurrency", properties.getConcurrency()),
				Durations.positive(PREFIX + "timeout", properties.getTimeout()), properties.isRequired());
	}

}

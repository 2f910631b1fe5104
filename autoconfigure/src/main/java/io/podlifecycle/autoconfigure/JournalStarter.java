package io.podlifecycle.autoconfigure;

import java.nio.file.Path;
import java.time.InstantSource;

import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import io.podlifecycle.context.Attempt;
import io.podlifecycle.context.JournalKeeper;
import io.podlifecycle.context.JournalSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Begins a run in the journal, if one is asked for: before the wait for dependencies, and
 * before a bean can touch a scratch directory.
 */
final class JournalStarter {

	private JournalStarter() {
	}

	static void start(ConfigurableApplicationContext context) {
		if (!Activation.ofRun(context.getEnvironment())) {
			return;
		}
		JournalProperties properties = EarlyProperties.bind(context.getEnvironment(), "pod-lifecycle.journal",
				new JournalProperties());
		@Nullable Path file = properties.getFile();
		if (file != null) {
			JournalSettings settings = new JournalSettingsMapper(properties).settings(file);
			Attempt.run("journal", () -> JournalKeeper.start(context, settings, InstantSource.system(),
					ApplicationSupervision.of(context).application().lifecycle()));
		}
	}

}

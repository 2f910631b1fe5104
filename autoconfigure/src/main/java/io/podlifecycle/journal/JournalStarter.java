package io.podlifecycle.journal;

import java.nio.file.Path;
import java.time.InstantSource;

import io.podlifecycle.boot.Activation;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.EarlyProperties;
import io.podlifecycle.boot.JournalProperties;
import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Begins a run in the journal, if one is asked for: before the wait for dependencies, and
 * before a bean can touch a scratch directory.
 */
public final class JournalStarter {

	private JournalStarter() {
	}

	public static void start(ConfigurableApplicationContext context) {
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

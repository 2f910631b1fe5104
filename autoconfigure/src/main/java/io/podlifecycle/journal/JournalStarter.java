package io.podlifecycle.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Activation;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.JournalProperties;
import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Begins a run in the journal, if one is asked for: before the wait for dependencies, and
 * before a bean can touch a scratch directory.
 */
@Internal
public final class JournalStarter {

	private JournalStarter() {
	}

	/**
	 * Begin a run.
	 * @param context the context that is about to be refreshed
	 * @param properties the properties of the journal
	 * @return notes a milestone, if a journal is kept
	 */
	public static Consumer<Milestone> start(ConfigurableApplicationContext context, JournalProperties properties) {
		Journal journal = Activation.ofRun(context.getEnvironment()) ? open(context, properties) : null;
		return (milestone) -> {
			if (journal != null) {
				journal.note(milestone, "");
			}
		};
	}

	private static @Nullable Journal open(ConfigurableApplicationContext context, JournalProperties properties) {
		Path file = properties.getFile();
		if (file == null) {
			return null;
		}
		JournalSettings settings = new JournalSettingsMapper(properties).settings(file);
		return Attempt.get("journal", () -> JournalKeeper.start(context, settings, InstantSource.system(),
				ApplicationSupervision.of(context).application().lifecycle()));
	}

}

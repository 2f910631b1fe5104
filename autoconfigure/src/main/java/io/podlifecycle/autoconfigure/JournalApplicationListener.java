package io.podlifecycle.autoconfigure;

import java.nio.file.Path;
import java.time.InstantSource;

import io.podlifecycle.context.JournalKeeper;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * Begins a run in the journal, if one is asked for: before the wait for dependencies, and
 * before a bean can touch a scratch directory.
 */
final class JournalApplicationListener implements ApplicationListener<ApplicationPreparedEvent>, Ordered {

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 10;
	}

	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		ConfigurableApplicationContext context = event.getApplicationContext();
		if (!Activation.ofRun(context.getEnvironment())) {
			return;
		}
		JournalProperties properties = EarlyProperties.bind(context.getEnvironment(), "pod-lifecycle.journal",
				new JournalProperties());
		@Nullable Path file = properties.getFile();
		if (file != null) {
			JournalKeeper.start(context, new JournalSettingsMapper(properties).settings(file), InstantSource.system());
		}
	}

}

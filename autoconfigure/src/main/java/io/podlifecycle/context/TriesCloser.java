package io.podlifecycle.context;

import io.podlifecycle.dependency.BackgroundTries;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Ends tries that go on in the background when their application context closes.
 *
 * @param tries what to end
 * @param context the context
 */
record TriesCloser(BackgroundTries tries,
		ApplicationContext context) implements ApplicationListener<ContextClosedEvent> {

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			this.tries.close();
		}
	}

}

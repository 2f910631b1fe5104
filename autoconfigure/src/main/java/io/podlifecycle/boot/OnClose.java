package io.podlifecycle.boot;

import io.podlifecycle.Internal;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Does something when one application context closes.
 *
 * @param context the context
 * @param action what to do
 * @since 0.1.0
 */
@Internal
public record OnClose(ApplicationContext context, Runnable action) implements ApplicationListener<ContextClosedEvent> {

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			// A failure must not keep the close from other listeners.
			Attempt.run("listener of the close", this.action);
		}
	}

}

package io.podlifecycle.journal;

import java.nio.file.Path;
import java.util.List;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ApplicationContextEvent;

/**
 * Published when an application with a journal has been refreshed, unless this is its
 * first run: how the last one ended.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class PreviousRunEvent extends ApplicationContextEvent {

	private final Run run;

	private final List<Path> setAside;

	PreviousRunEvent(ApplicationContext context, Run run, List<Path> setAside) {
		super(context);
		this.run = run;
		this.setAside = List.copyOf(setAside);
	}

	/**
	 * Return the last run.
	 * @return the run before this one
	 */
	public Run getRun() {
		return this.run;
	}

	/**
	 * Return what was set aside at this start.
	 * @return the new names of scratch directories, empty if none was set aside
	 */
	public List<Path> getSetAside() {
		return this.setAside;
	}

}

package io.podlifecycle.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a process from its end at the deadline. Immutable.
 *
 * @param kind what does not end
 * @param bean the name of the bean, {@code null} if there is none or it is not known
 * @param phase the phase of Spring's lifecycle in which the bean is stopped, if it is
 * @param thread the name of the thread that hangs, {@code null} if it is not known
 * @param stack where the thread is, the top first; empty if that is not known
 * @since 0.1.0
 */
public record Hang(Kind kind, @Nullable String bean, @Nullable Integer phase, @Nullable String thread,
		List<String> stack) {

	public Hang {
		stack = List.copyOf(stack);
	}

	@Override
	public String toString() {
		return this.kind + ((this.kind == Kind.APPLICATION_START) ? "" : (this.bean != null) ? " " + this.bean : " ?")
				+ ((this.phase != null) ? " in phase " + this.phase : "")
				+ ((this.thread != null) ? " in thread " + this.thread : "")
				+ (this.stack.isEmpty() ? "" : " at " + String.join("\n\t\tat ", this.stack));
	}

	/**
	 * What does not end.
	 */
	public enum Kind implements Identifiable {

		/**
		 * The start of the application.
		 */
		APPLICATION_START("start of the application"),

		/**
		 * A lifecycle bean that is stopped.
		 */
		BEAN_STOP("stop of bean"),

		/**
		 * A bean that is destroyed.
		 */
		BEAN_DESTRUCTION("destruction of bean");

		private final String description;

		Kind(String description) {
			this.description = description;
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

}

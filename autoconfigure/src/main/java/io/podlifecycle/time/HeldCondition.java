package io.podlifecycle.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A condition that holds once another one has held for some time. The other one does not
 * become false again. Used by one thread.
 *
 * @since 0.1.0
 */
@Internal
public final class HeldCondition implements BooleanSupplier {

	private final BooleanSupplier condition;

	private final Duration time;

	private final Ticker ticker;

	private @Nullable Deadline deadline;

	/**
	 * Create a condition that does not hold yet.
	 * @param condition evaluated at each call until it is true
	 * @param time how long it has to be true
	 * @param ticker the source of time
	 */
	public HeldCondition(BooleanSupplier condition, Duration time, Ticker ticker) {
		this.condition = condition;
		this.time = time;
		this.ticker = ticker;
	}

	@Override
	public boolean getAsBoolean() {
		if (this.deadline == null && this.condition.getAsBoolean()) {
			this.deadline = Deadline.after(this.time, this.ticker);
		}
		return this.deadline != null && this.deadline.isOver();
	}

}

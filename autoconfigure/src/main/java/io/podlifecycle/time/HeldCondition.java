package io.podlifecycle.time;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.podlifecycle.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether something that stays true once it is true has been seen for a while. Used
 * by one thread.
 *
 * @since 0.1.0
 */
@Internal
public final class HeldCondition implements BooleanSupplier {

	private final BooleanSupplier condition;

	private final Duration time;

	private final Ticker ticker;

	private @Nullable Deadline heldLongEnough;

	/**
	 * Create a condition that has not been seen.
	 * @param condition asked at each look until it is true
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
		if (this.heldLongEnough == null && this.condition.getAsBoolean()) {
			this.heldLongEnough = Deadline.after(this.time, this.ticker);
		}
		return this.heldLongEnough != null && this.heldLongEnough.isOver();
	}

}

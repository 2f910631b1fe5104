package io.podlifecycle.time;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Time that passes only while somebody sleeps. What is planned happens on the way, so a
 * test reads as a timeline. Used by one thread.
 */
public final class FakeTime implements Ticker, Sleeper {

	private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

	private final TreeMap<Long, Runnable> planned = new TreeMap<>();

	private long elapsed;

	/** Begins shortly before the ticker overflows, as a real one may. */
	@Override
	public long nanos() {
		return START + this.elapsed;
	}

	@Override
	public void sleep(Duration duration) throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		long end = this.elapsed + duration.toNanos();
		while (!this.planned.isEmpty() && this.planned.firstKey() <= end) {
			Map.Entry<Long, Runnable> next = this.planned.pollFirstEntry();
			this.elapsed = Math.max(this.elapsed, next.getKey());
			next.getValue().run();
		}
		this.elapsed = Math.max(this.elapsed, end);
	}

	/**
	 * Let time pass.
	 * @param duration how much
	 */
	public void pass(Duration duration) {
		sleepUnlessInterrupted(duration);
	}

	/**
	 * Plan something.
	 * @param time the time since the start
	 * @param action what happens then
	 */
	public void at(Duration time, Runnable action) {
		this.planned.merge(time.toNanos(), action, (first, second) -> () -> {
			first.run();
			second.run();
		});
	}

	/**
	 * Return how much time has passed.
	 * @return the time since the start
	 */
	public Duration elapsed() {
		return Duration.ofNanos(this.elapsed);
	}

}

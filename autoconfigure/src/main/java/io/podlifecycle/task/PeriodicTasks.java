package io.podlifecycle.task;

/**
 * Tasks that repeat themselves, and would do so for ever.
 */
interface PeriodicTasks {

	/**
	 * Let none begin any more. What runs is not interrupted. Called again as long as
	 * tasks run.
	 */
	void end();

	/**
	 * Return how many tasks run.
	 * @return their number
	 */
	long running();

	/**
	 * Nothing waits for what runs any more.
	 * @return how many tasks were interrupted for that
	 */
	default long giveUp() {
		return 0;
	}

}

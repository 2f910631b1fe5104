package io.podlifecycle.k8s;

import java.util.concurrent.TimeUnit;

/**
 * Waits for what nobody tells.
 */
final class Settling {

	private Settling() {
	}

	/**
	 * Until every node knows the endpoints as they are now.
	 * @throws InterruptedException if interrupted
	 */
	static void awaitEndpoints() throws InterruptedException {
		sleep(Cluster.ENDPOINT_LAG.toSeconds() + 1);
	}

	static void sleep(long seconds) throws InterruptedException {
		TimeUnit.SECONDS.sleep(seconds);
	}

}

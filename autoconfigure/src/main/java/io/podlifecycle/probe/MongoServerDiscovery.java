package io.podlifecycle.probe;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import org.jspecify.annotations.Nullable;

/**
 * Whether MongoDB's driver has found a server. It connects to each once in a try, but
 * waits until its timeout even if all have failed.
 */
final class MongoServerDiscovery implements ClusterListener {

	private final CountDownLatch done = new CountDownLatch(1);

	private volatile @Nullable Throwable failure;

	@Override
	public void clusterDescriptionChanged(ClusterDescriptionChangedEvent event) {
		ClusterDescription cluster = event.getNewDescription();
		List<ServerDescription> servers = cluster.getServerDescriptions();
		if (servers.stream().anyMatch(ServerDescription::isOk)) {
			this.done.countDown();
		}
		else if (servers.stream().allMatch((server) -> server.getException() != null)) {
			failures(cluster).findFirst().ifPresent(this::fail);
		}
	}

	private void fail(Throwable failure) {
		this.failure = failure;
		this.done.countDown();
	}

	/**
	 * Wait until a server is found, or all have failed.
	 * @param timeLimit how long to wait
	 * @return why all have failed, or {@code null} if a server is found or may still be
	 */
	@Nullable Throwable await(Duration timeLimit) throws InterruptedException {
		this.done.await(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
		return this.failure;
	}

	/**
	 * Return why servers cannot be used, or why their names were not found.
	 */
	static Stream<Throwable> failures(ClusterDescription cluster) {
		return Stream
			.<@Nullable Throwable>concat(Stream.ofNullable(cluster.getSrvResolutionException()),
					cluster.getServerDescriptions().stream().map(ServerDescription::getException))
			.filter(Objects::nonNull);
	}

}

package io.podlifecycle.probe;

import java.time.Duration;
import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class MongoServerDiscoveryTests {

	private final MongoException failure = new MongoException("unable to find valid certification path");

	private final ServerDescription connecting = ServerDescription.builder()
		.address(new ServerAddress())
		.state(ServerConnectionState.CONNECTING)
		.build();

	private final ServerDescription connected = ServerDescription.builder()
		.address(new ServerAddress())
		.state(ServerConnectionState.CONNECTED)
		.ok(true)
		.build();

	private final ServerDescription failed = ServerDescription.builder()
		.address(new ServerAddress())
		.state(ServerConnectionState.CONNECTING)
		.exception(this.failure)
		.build();

	private final MongoServerDiscovery discovery = new MongoServerDiscovery();

	@Test
	void whileNoServerIsKnownThereIsNoFailure() throws Exception {
		change();
		assertThat(this.discovery.await(Duration.ZERO)).isNull();
	}

	@Test
	void aFailureOfOneOfTwoServersIsNone() throws Exception {
		change(this.failed, this.connecting);
		assertThat(this.discovery.await(Duration.ZERO)).isNull();
		change(this.failed, this.connected);
		assertThat(this.discovery.await(Duration.ofHours(1))).isNull();
	}

	@Test
	void aFailureOfAllServersIsOne() throws Exception {
		change(this.failed, this.failed);
		assertThat(this.discovery.await(Duration.ofHours(1))).isSameAs(this.failure);
	}

	@Test
	void aLookUpThatFailedIsOne() throws Exception {
		change(new ClusterDescription(ClusterConnectionMode.MULTIPLE, ClusterType.UNKNOWN, this.failure, List.of(),
				null, null));
		assertThat(this.discovery.await(Duration.ofHours(1))).isSameAs(this.failure);
	}

	private void change(ServerDescription... servers) {
		change(new ClusterDescription(ClusterConnectionMode.MULTIPLE, ClusterType.UNKNOWN, List.of(servers)));
	}

	private void change(ClusterDescription cluster) {
		this.discovery.clusterDescriptionChanged(new ClusterDescriptionChangedEvent(new ClusterId(), cluster, cluster));
	}

}

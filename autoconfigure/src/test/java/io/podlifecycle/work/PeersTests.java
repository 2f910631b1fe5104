package io.podlifecycle.work;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.podlifecycle.report.ShutdownReport.PeerActivity;
import io.podlifecycle.time.FakeTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PeersTests {

	private final FakeTime time = new FakeTime();

	private final Traffic traffic = new Traffic(this.time);

	private final Peers peers = this.traffic.peers();

	@Test
	void aPeerIsKnownByItsAddress() throws UnknownHostException {
		this.traffic.arrived(InetAddress.getByName("192.0.2.1"));
		this.traffic.arrived(InetAddress.getByName("192.0.2.1"));
		this.traffic.arrived(InetAddress.getByName("192.0.2.2"));
		assertThat(seen()).containsExactlyInAnyOrder("192.0.2.1", "192.0.2.2");
	}

	@Test
	void whoWasSilentForLongerThanAskedForIsNotReturned() {
		this.traffic.arrived("early");
		this.time.pass(Duration.ofSeconds(30));
		int since = this.peers.moment(this.time.nanos());
		this.traffic.arrived("late");
		assertThat(this.peers.since(since)).extracting(Peer::address).containsExactly("late");
		assertThat(this.peers.of(Stream.of("early", "unknown", "early"))).extracting(Peer::address)
			.containsExactly("early");
	}

	@Test
	void theLargestGapIsThatOfTheLastMinute() {
		this.traffic.arrived("other");
		this.traffic.arrived("a");
		this.time.pass(Duration.ofSeconds(30));
		arriveEvery(Duration.ofSeconds(2), 35);
		assertThat(largestGap("a")).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void aPeerThatSendsInEachMomentHasTheSmallestGap() {
		arriveEvery(Duration.ofMillis(100), 600);
		assertThat(largestGap("a")).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void aPeerThatHasHardlySentAnythingMayHaveAnyGap() {
		this.traffic.arrived("a");
		this.time.pass(Duration.ofSeconds(1));
		this.traffic.arrived("a");
		assertThat(largestGap("a")).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void whatWasBeforeAndAfterAYoungPeerMayBeItsGap() {
		this.traffic.arrived("other");
		this.time.pass(Duration.ofSeconds(20));
		arriveEvery(Duration.ofMillis(100), 30);
		assertThat(largestGap("a")).isEqualTo(Duration.ofSeconds(20));
		arriveEvery(Duration.ofMillis(100), 100);
		assertThat(largestGap("a")).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void aYoungPeerOfAYoungApplicationHasTheGapThatWasSeen() {
		arriveEvery(Duration.ofMillis(100), 50);
		assertThat(largestGap("a")).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void manyPeersAreGroupedByNetwork() {
		IntStream.range(0, 1024).forEach((i) -> this.traffic.arrived("10.0." + i / 256 + "." + i % 256));
		IntStream.range(0, 1024).forEach((i) -> this.traffic.arrived("11." + i / 256 + "." + i % 256 + ".1"));
		IntStream.range(0, 1024).forEach((i) -> this.traffic.arrived("11." + i / 256 + "." + i % 256 + ".2"));
		assertThat(seen()).hasSize(2 * 1024).contains("11.3.255.0/24").doesNotContain("others");
		IntStream.range(0, 10_000).forEach((i) -> this.traffic.arrived("12." + i / 256 + "." + i % 256 + ".1"));
		assertThat(seen()).hasSize(2 * 1024 + 1).contains("others");
	}

	@Test
	void whoWasSilentForAMinuteMakesRoom() {
		IntStream.range(0, 1024).forEach((i) -> this.traffic.arrived("10.0." + i / 256 + "." + i % 256));
		this.time.pass(Duration.ofSeconds(61));
		this.traffic.arrived("10.1.0.1");
		assertThat(seen()).containsExactly("10.1.0.1");
	}

	@ParameterizedTest
	@CsvSource({ "10.1.2.3, 10.1.2.0/24", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
			"2001:db8:0:0:0:0:0:1, 2001:db8:0:0::/64", "unknown, unknown" })
	void theNetworkOfAnAddress(String address, String network) {
		IntStream.range(0, 1024).forEach((i) -> this.traffic.arrived("192.168." + i / 256 + "." + i % 256));
		this.traffic.arrived(address);
		assertThat(seen()).hasSize(1025).contains(network);
	}

	@Test
	void severalThreadsBringPeersTogether() {
		AtomicInteger arrivals = new AtomicInteger();
		IntStream.range(0, 100_000).parallel().forEach((i) -> {
			this.traffic.arrived("10.0.0." + i % 50);
			arrivals.incrementAndGet();
		});
		assertThat(seen()).hasSize(50);
		assertThat(this.traffic.total()).isEqualTo(arrivals.get());
	}

	private void arriveEvery(Duration interval, int times) {
		for (int i = 0; i < times; i++) {
			this.traffic.arrived("a");
			this.time.pass(interval);
		}
	}

	private Duration largestGap(String address) {
		return this.peers.watch(Stream.empty(), this.time)
			.activities()
			.filter((peer) -> peer.address().equals(address))
			.map(PeerActivity::largestGap)
			.findFirst()
			.orElseThrow();
	}

	private List<String> seen() {
		return this.peers.since(0).map(Peer::address).toList();
	}

}

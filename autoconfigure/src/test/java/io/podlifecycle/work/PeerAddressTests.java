package io.podlifecycle.work;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeerAddressTests {

	@Test
	void allConnectionsOfAPeerHaveOneAddress() throws Exception {
		InetAddress address = InetAddress.getByAddress(new byte[] { 10, 0, 0, 7 });
		assertThat(PeerAddress.of(new InetSocketAddress(address, 40_001))).isEqualTo(address)
			.isEqualTo(PeerAddress.of(new InetSocketAddress(address, 40_002)));
	}

	@Test
	void whoHasNoAddressIsOnePeer() {
		Object unknown = PeerAddress.of(null);
		assertThat(unknown).isNotNull()
			.isEqualTo(PeerAddress.of(UnixDomainSocketAddress.of("socket")))
			.isEqualTo(PeerAddress.of(InetSocketAddress.createUnresolved("peer.example", 80)));
	}

}

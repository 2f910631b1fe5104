package io.podlifecycle.earlyprobe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EarlyProbeServersTests {

	@Test
	void isToldOfByItsPortOrItsAddress() throws UnknownHostException {
		assertThat(EarlyProbeServers.where(new InetSocketAddress(18080))).isEqualTo("port 18080");
		assertThat(where(new byte[16])).isEqualTo("port 80");
		assertThat(where(127, 0, 0, 1)).isEqualTo("127.0.0.1:80");
		assertThat(where(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))
			.isEqualTo("[102:304:506:708:90a:b0c:d0e:f10]:80");
	}

	private static String where(int... address) throws UnknownHostException {
		byte[] bytes = new byte[address.length];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) address[i];
		}
		return where(bytes);
	}

	private static String where(byte[] address) throws UnknownHostException {
		return EarlyProbeServers.where(new InetSocketAddress(InetAddress.getByAddress(address), 80));
	}

}

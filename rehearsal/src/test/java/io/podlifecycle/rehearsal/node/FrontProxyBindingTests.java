package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;

import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A rehearsal serves this machine only.
 */
class FrontProxyBindingTests {

	@Test
	void isReachedFromThisMachineOnly() throws IOException {
		InetAddress outside = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> address instanceof Inet4Address && !address.isLoopbackAddress())
			.findFirst()
			.orElse(null);
		Assumptions.assumeTrue(outside != null, "There is no address but the loopback one");
		try (FrontProxy proxy = FrontProxy.start(FreePort.next())) {
			try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
				assertThat(client.isConnected()).isTrue();
			}
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> new Socket(outside, proxy.port()).close());
		}
	}

}

package io.podlifecycle.rehearsal.node;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DependencyTests {

	@Test
	void refusesWhileItIsStoppedAndLeadsToItsTargetWhileItIsStarted() throws Exception {
		try (Pod target = new Pod(); Dependency dependency = Dependency.of(target.address())) {
			assertRefused(dependency);
			dependency.start();
			dependency.start();
			try (Socket client = connect(dependency); Socket server = target.takeConnection()) {
				server.getOutputStream().write(7);
				assertThat(client.getInputStream().read()).isEqualTo(7);
				dependency.stop();
				assertReset(client);
			}
			assertRefused(dependency);
		}
	}

	@Test
	void whenMovedResetsWhatThereIsAndLeadsToTheOtherTarget() throws Exception {
		try (Pod one = new Pod(); Pod other = new Pod(); Dependency dependency = Dependency.of(one.address())) {
			dependency.start();
			try (Socket before = connect(dependency); Socket server = one.takeConnection()) {
				dependency.moveTo(other.address());
				assertReset(before);
				assertThat(server.isClosed()).isFalse();
			}
			try (Socket after = connect(dependency); Socket server = other.takeConnection()) {
				server.getOutputStream().write(8);
				assertThat(after.getInputStream().read()).isEqualTo(8);
			}
		}
	}

	private static Socket connect(Dependency dependency) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), dependency.port());
		socket.setSoTimeout(30_000);
		return socket;
	}

	private static void assertRefused(Dependency dependency) {
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(dependency).close());
	}

	private static void assertReset(Socket socket) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> socket.getInputStream().read())
			.withMessageContaining("reset");
	}

}

package io.podlifecycle.dependency;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A name with several addresses. Other systems than Linux do not have all of 127.0.0.0/8.
 * Takes seconds, since an address that swallows packets uses up its time.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProbeConnectionTests {

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable each : this.opened) {
			each.close();
		}
	}

	@Test
	void whatTheFirstAddressRefusesAnotherMayAccept() throws Exception {
		int port = listen(address(3), 0, 50);
		try (ProbeConnection connection = open(port, deadline(20), address(1), address(2), address(3))) {
			assertThat(connection).isNotNull();
		}
	}

	@Test
	void anAddressThatSwallowsPacketsHasOnlyItsShareOfTheTime() throws Exception {
		int port = listen(address(2), 0, 50);
		swallow(address(1), port);
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> open(port, Deadline.after(Duration.ofMillis(500), Ticker.system()), address(1)));
		Deadline deadline = deadline(4);
		try (ProbeConnection connection = open(port, deadline, address(1), address(2))) {
			assertThat(connection).isNotNull();
			assertThat(deadline.isOver()).isFalse();
		}
	}

	@Test
	void ifAllRefuseTheFirstIsTold() throws Exception {
		int port = listen(address(1), 0, 50);
		close();
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> open(port, deadline(20), address(1), address(2)))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(1));
	}

	@Test
	void aRefusalTellsMoreThanThatTimeRanOut() throws Exception {
		int port = listen(address(2), 0, 50);
		close();
		swallow(address(1), port);
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> open(port, deadline(2), address(1), address(2)))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).hasOnlyElementsOfType(SocketTimeoutException.class));
	}

	private static ProbeConnection open(int port, Deadline deadline, InetAddress... addresses) throws IOException {
		return ProbeConnection.open(List.of(addresses), port, deadline);
	}

	private static Deadline deadline(int seconds) {
		return Deadline.after(Duration.ofSeconds(seconds), Ticker.system());
	}

	private static InetAddress address(int last) throws IOException {
		return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) last });
	}

	private int listen(InetAddress address, int port, int backlog) throws IOException {
		ServerSocket server = new ServerSocket(port, backlog, address);
		this.opened.add(server);
		return server.getLocalPort();
	}

	/**
	 * A listener whose backlog is full does not answer the first packet of a connection.
	 */
	private void swallow(InetAddress address, int port) throws IOException {
		listen(address, port, 1);
		for (int i = 0; i < 10; i++) {
			Socket socket = new Socket();
			this.opened.add(socket);
			try {
				socket.connect(new InetSocketAddress(address, port), 300);
			}
			catch (SocketTimeoutException ex) {
				return;
			}
		}
		throw new IllegalStateException("The backlog takes more than it should");
	}

	@Test
	void aDeadlineThatIsOverIsATimeout() throws Exception {
		int port = listen(address(1), 0, 50);
		assertThatExceptionOfType(SocketTimeoutException.class)
			.isThrownBy(() -> open(port, Deadline.after(Duration.ZERO, Ticker.system()), address(1)))
			.withMessage("Out of time");
	}

}

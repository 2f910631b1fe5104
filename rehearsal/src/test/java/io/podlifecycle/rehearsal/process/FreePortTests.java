package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FreePortTests {

	@Test
	void findsAPortThatCanBeBound() throws IOException {
		int port = FreePort.next();
		try (ServerSocket socket = new ServerSocket(port)) {
			assertThat(socket.isBound()).isTrue();
		}
	}

	@Test
	void findsDifferentPorts() {
		assertThat(FreePort.next(20)).doesNotHaveDuplicates().hasSize(20);
	}

	@Test
	void findsPortsThatNoClientIsGiven() {
		assertThat(IntStream.of(FreePort.next(20))).allMatch((port) -> port < 32_768);
	}

	@Test
	void refusesToFindNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> FreePort.next(0));
	}

}

package io.podlifecycle.rehearsal.process;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
	void givesEveryPortOutOnce() {
		int[] ports = IntStream.range(0, 300).map((i) -> FreePort.next()).toArray();
		assertThat(ports).doesNotHaveDuplicates();
	}

	@Test
	void aPortThatAnotherJvmWasGivenIsReserved(@TempDir Path directory) {
		Path file = directory.resolve("ports");
		PortReservations ours = PortReservations.open(file);
		try (AppProcess other = AppProcess.builder()
			.mainClass(ReservingApp.class.getName())
			.jvmOption("-XX:TieredStopAtLevel=1")
			.argument(file.toString(), "12345")
			.start()) {
			other.awaitLog("reserved: true", Duration.ofSeconds(60));
			assertThat(ours.reserve(12_345)).isFalse();
			assertThat(ours.reserve(12_346)).isTrue();
		}
		assertThat(ours.reserve(12_345)).as("after the end of the other JVM").isTrue();
	}

	@Test
	void withoutAFileEveryPortCanBeReserved(@TempDir Path directory) {
		PortReservations none = PortReservations.open(directory.resolve("missing").resolve("ports"));
		assertThat(none.reserve(12_345)).isTrue();
		assertThat(none.reserve(12_345)).isTrue();
	}

	@Test
	void refusesToFindNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> FreePort.next(0));
	}

}

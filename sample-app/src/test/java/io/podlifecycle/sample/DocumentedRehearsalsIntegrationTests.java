package io.podlifecycle.sample;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rehearsals that pages other than the project's own show. That one is in
 * {@link DocumentedCommandsIntegrationTests}.
 */
@Tag("full")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedRehearsalsIntegrationTests {

	private final Map<Command, DocumentedRehearsal> ends = new ConcurrentHashMap<>();

	static Stream<Command> rehearsals() {
		return DocumentedRehearsal.others();
	}

	@BeforeAll
	void rehearse(@TempDir Path directory) {
		// They wait more than they work.
		rehearsals().parallel()
			.forEach((command) -> this.ends.put(command, DocumentedRehearsal.run(command, directory)));
	}

	@ParameterizedTest
	@MethodSource("rehearsals")
	void aRehearsalEndsAsThePageSays(Command command) {
		Objects.requireNonNull(this.ends.get(command)).assertEndsAsThePageSays();
	}

	@ParameterizedTest
	@MethodSource("rehearsals")
	void aQueryReadsTheJsonOfARehearsal(Command command) {
		Objects.requireNonNull(this.ends.get(command)).assertIsRead(DocumentedCommandsIntegrationTests.query());
	}

}

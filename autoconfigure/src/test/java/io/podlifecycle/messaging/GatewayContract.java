package io.podlifecycle.messaging;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for each gateway of Spring Integration that answers requests from a queue.
 */
interface GatewayContract {

	Records restartAmidRecords(String queue, String... arguments) throws Exception;

	/**
	 * Return the replies to the requests of a queue, in their order.
	 */
	List<String> receivedReplies(String queue) throws Exception;

	@Test
	default void aGatewayRepliesOnceToEachRequestAcrossARestart() throws Exception {
		ListenerContract.assertEachIsDoneOnce(restartAmidRecords("requests", "--app.replies=true", "--app.steps=100"));
		assertThat(receivedReplies("requests")).containsExactlyElementsOf(
				IntStream.rangeClosed(1, ListenerContract.LAST).mapToObj(String::valueOf).toList());
	}

	@Test
	default void withTheLibraryOffTheRequestInHandFails() throws Exception {
		Records records = restartAmidRecords("requests-without", "--app.replies=true", "--app.steps=100",
				"--pod-lifecycle.enabled=false");
		assertThat(records.missing().size() + records.triedAgain()).as("%s", records).isPositive();
	}

}

package io.podlifecycle.task;

import io.podlifecycle.shutdown.Participant;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.integration.endpoint.SourcePollingChannelAdapter;

/**
 * Inbound channel adapters of Spring Integration that poll. When the shutdown begins they
 * poll no more, and finish the message in hand; {@code stop()} would interrupt it.
 *
 * @since 0.1.0
 */
final class PollingEndpoints implements Participant {

	private final ListableBeanFactory beanFactory;

	/**
	 * Create a participant.
	 * @param beanFactory knows the endpoints
	 */
	public PollingEndpoints(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public String name() {
		return "polling endpoints";
	}

	@Override
	public void quiesce() {
		this.beanFactory.getBeansOfType(SourcePollingChannelAdapter.class, false, false)
			.values()
			.forEach(PollingEndpoints::endPolls);
	}

	private static void endPolls(SourcePollingChannelAdapter endpoint) {
		endpoint.setMaxMessagesPerPoll(0);
		// An endpoint whose maximum is zero would log each trigger.
		endpoint.setTaskExecutor((poll) -> {
		});
	}

}

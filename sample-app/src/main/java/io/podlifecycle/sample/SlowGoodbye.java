package io.podlifecycle.sample;

import java.time.Duration;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * A bean that takes its time to be destroyed, which no time limit of Spring ends: what a
 * pod looks like that would overrun its grace period.
 */
@Component
@ConditionalOnProperty("sample.close-takes")
class SlowGoodbye implements DisposableBean {

	private final Duration time;

	SlowGoodbye(@Value("${sample.close-takes}") Duration time) {
		this.time = time;
	}

	@Override
	public void destroy() throws InterruptedException {
		Thread.sleep(this.time.toMillis());
	}

}

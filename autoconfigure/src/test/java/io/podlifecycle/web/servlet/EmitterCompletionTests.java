package io.podlifecycle.web.servlet;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EmitterCompletionTests {

	private final EmitterCompletion completion = new EmitterCompletion();

	@Test
	void anEmitterThatDoesNotSendIsCompleted() {
		ResponseBodyEmitter emitter = new ResponseBodyEmitter();
		assertThat(this.completion.tryComplete(emitter)).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> emitter.send("late"));
	}

	/**
	 * Fails if Spring's lock is not found any more: the attempt would not return then.
	 */
	@Test
	void anEmitterThatIsSendingIsNotWaitedFor() throws Exception {
		BlockedEmitter emitter = new BlockedEmitter();
		Thread sender = new Thread(emitter::hold);
		sender.start();
		emitter.sending.await();
		assertThat(this.completion.tryComplete(emitter)).isFalse();
		emitter.read.countDown();
		sender.join();
		assertThat(this.completion.tryComplete(emitter)).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> emitter.send("late", MediaType.TEXT_PLAIN));
	}

	/** Holds the lock as a send does whose client does not read. */
	private static final class BlockedEmitter extends ResponseBodyEmitter {

		private final CountDownLatch sending = new CountDownLatch(1);

		private final CountDownLatch read = new CountDownLatch(1);

		void hold() {
			this.writeLock.lock();
			try {
				this.sending.countDown();
				this.read.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				this.writeLock.unlock();
			}
		}

	}

}

package io.podlifecycle.web.servlet;

import java.lang.reflect.Field;
import java.util.concurrent.locks.Lock;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * Completes emitters that are not sending. An emitter's own {@code complete()} waits for
 * the lock that a send holds for as long as its client does not read.
 */
final class EmitterCompletion {

	private final @Nullable Field writeLock = ReflectionUtils.findField(ResponseBodyEmitter.class, "writeLock",
			Lock.class);

	EmitterCompletion() {
		if (this.writeLock != null) {
			ReflectionUtils.makeAccessible(this.writeLock);
		}
	}

	/**
	 * Complete an emitter.
	 * @return {@code false} if it is sending
	 */
	boolean tryComplete(ResponseBodyEmitter emitter) {
		Lock lock = (this.writeLock != null) ? (Lock) ReflectionUtils.getField(this.writeLock, emitter) : null;
		if (lock == null) {
			emitter.complete();
			return true;
		}
		if (!lock.tryLock()) {
			return false;
		}
		try {
			emitter.complete();
			return true;
		}
		finally {
			lock.unlock();
		}
	}

}

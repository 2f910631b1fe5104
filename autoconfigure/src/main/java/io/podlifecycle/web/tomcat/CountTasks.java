package io.podlifecycle.web.tomcat;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import io.podlifecycle.work.CountingExecutor;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardThreadExecutor;
import org.apache.coyote.ProtocolHandler;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/**
 * Has the tasks of a connector counted that was given an executor which does not count
 * them, such as that of virtual threads. Pools of threads are left alone: Tomcat and its
 * meters know them by their type.
 */
final class CountTasks implements TomcatConnectorCustomizer {

	private static final int UNKNOWN = -1;

	@Override
	public void customize(Connector connector) {
		ProtocolHandler protocol = connector.getProtocolHandler();
		Executor given = protocol.getExecutor();
		if (given != null && unfinished(given) == UNKNOWN) {
			protocol.setExecutor(CountingExecutor.of(given, new AtomicLong()));
		}
	}

	/**
	 * Return how many tasks an executor runs, and is to run. Looks at the queue first: a
	 * task that goes from there to a thread meanwhile is counted twice rather than not at
	 * all.
	 */
	static int unfinished(@Nullable Executor executor) {
		if (executor instanceof ThreadPoolExecutor pool) {
			return pool.getSubmittedCount();
		}
		if (executor instanceof java.util.concurrent.ThreadPoolExecutor pool) {
			return pool.getQueue().size() + pool.getActiveCount();
		}
		if (executor instanceof StandardThreadExecutor pool) {
			// Negative before it is started.
			return Math.max(pool.getQueueSize(), 0) + pool.getActiveCount();
		}
		return (executor instanceof CountingExecutor counting) ? (int) counting.unfinished() : UNKNOWN;
	}

}

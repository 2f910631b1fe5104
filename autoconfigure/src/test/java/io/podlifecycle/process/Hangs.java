package io.podlifecycle.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.boot.shutdown.DrainedEvent;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.shutdown.PreStopTask;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.work.InFlight;
import jakarta.annotation.PreDestroy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * What an application can do to a shutdown: hang, block, fail. Added to the
 * {@link ServiceApplication} as a further source.
 */
@Configuration(proxyBeanMethods = false)
class Hangs {

	static final String SOURCE = "--spring.main.sources=" + Hangs.class.getName();

	private static final Log logger = LogFactory.getLog(Hangs.class);

	static void hang() {
		CountDownLatch never = new CountDownLatch(1);
		while (never.getCount() > 0) {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				logger.info("Interrupted, and goes on hanging");
			}
		}
	}

	@EventListener
	void onDrained(DrainedEvent event) {
		logger.info("Drained event with " + event.getReport().work().inFlightAtStart() + " at the start");
	}

	@Bean
	DisposableBean destroyed() {
		return () -> logger.info("Beans are destroyed");
	}

	@Bean
	@ConditionalOnBooleanProperty("app.pre-destroy-hangs")
	Hanging preDestroyHangs() {
		return new Hanging();
	}

	@Bean
	@ConditionalOnBooleanProperty("app.stop-never-calls-back")
	SmartLifecycle stopNeverCallsBack() {
		return new NeverStopping(false);
	}

	@Bean
	@ConditionalOnBooleanProperty("app.stop-blocks")
	SmartLifecycle stopBlocks() {
		return new NeverStopping(true);
	}

	@Bean
	@ConditionalOnBooleanProperty("app.hook-hangs")
	ApplicationRunner hookHangs() {
		return (arguments) -> Runtime.getRuntime().addShutdownHook(new Thread(Hangs::hang, "hanging-hook"));
	}

	@Bean
	@ConditionalOnBooleanProperty("app.thread-hangs")
	ApplicationRunner threadHangs() {
		return (arguments) -> {
			Thread thread = new Thread(Hangs::hang, "hanging-thread");
			thread.setDaemon(false);
			thread.start();
		};
	}

	@Bean
	@ConditionalOnBooleanProperty("app.own-work")
	ApplicationRunner ownWork(InFlight inFlight) {
		return (arguments) -> new Thread(() -> {
			try (var work = inFlight.begin("import")) {
				logger.info("Own work begins: " + work);
				TimeUnit.SECONDS.sleep(6);
				logger.info("Own work is done");
			}
			catch (InterruptedException ex) {
				logger.info("Own work is lost");
			}
		}, "own-work").start();
	}

	@Bean
	@ConditionalOnBooleanProperty("app.pre-stop-tasks")
	PreStopTask handsOver() {
		return () -> logger.info("Lease handed over");
	}

	@Bean
	@ConditionalOnBooleanProperty("app.pre-stop-tasks")
	PreStopTask failsToHandOver() {
		return () -> {
			throw new IllegalStateException("no peer");
		};
	}

	@Bean
	@ConditionalOnBooleanProperty("app.pre-stop-tasks")
	PreStopTask hangsHandingOver() {
		return Hangs::hang;
	}

	@Bean
	@ConditionalOnBooleanProperty("app.listener-throws")
	ShutdownListener listenerThrows() {
		return new ShutdownListener() {

			@Override
			public void quiescing(ShutdownReport report) {
				throw new IllegalStateException("listener is broken");
			}

		};
	}

	static final class Hanging {

		@PreDestroy
		void destroy() {
			hang();
		}

	}

	private static final class NeverStopping implements SmartLifecycle {

		private final boolean blocks;

		NeverStopping(boolean blocks) {
			this.blocks = blocks;
		}

		@Override
		public void start() {
			logger.info("Started what will never stop");
		}

		@Override
		public void stop() {
			hang();
		}

		@Override
		public void stop(Runnable callback) {
			if (this.blocks) {
				hang();
			}
		}

		@Override
		public boolean isRunning() {
			return true;
		}

		@Override
		public int getPhase() {
			return 4711;
		}

	}

}

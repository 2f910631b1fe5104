package io.podlifecycle.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import io.podlifecycle.boot.shutdown.DrainedEvent;
import io.podlifecycle.shutdown.Participant;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * What an application, or what surrounds it, can do to the end of its process. Added to
 * the {@link ServiceApplication} as a further source.
 */
@Configuration(proxyBeanMethods = false)
class Hostile {

	static final String SOURCE = "--spring.main.sources=" + Hostile.class.getName();

	private static final Log logger = LogFactory.getLog(Hostile.class);

	private static void block() {
		while (true) {
			LockSupport.park();
			// An interrupt does not help.
			Thread.interrupted();
		}
	}

	/** Each takes two seconds, and none knows of the others. */
	@Bean
	@ConditionalOnBooleanProperty("app.slow-beans")
	InitializingBean firstSlowBean() {
		return () -> pause("first");
	}

	@Bean
	@ConditionalOnBooleanProperty("app.slow-beans")
	InitializingBean secondSlowBean() {
		return () -> pause("second");
	}

	@Bean
	@ConditionalOnBooleanProperty("app.slow-beans")
	InitializingBean thirdSlowBean() {
		return () -> pause("third");
	}

	@Bean
	@ConditionalOnBooleanProperty("app.slow-beans")
	InitializingBean fourthSlowBean() {
		return () -> pause("fourth");
	}

	private static void pause(String bean) throws InterruptedException {
		logger.info("Creating the " + bean + " slow bean");
		TimeUnit.SECONDS.sleep(3);
	}

	@Bean
	@ConditionalOnBooleanProperty("app.bean-waits-for-future")
	InitializingBean waitingBean() {
		return () -> {
			logger.info("Waiting for a future");
			new CompletableFuture<String>().get();
		};
	}

	@Bean
	@ConditionalOnBooleanProperty("app.bean-hangs")
	InitializingBean hangingStart() {
		return () -> {
			logger.info("The start hangs");
			// Boot gives up a thread that waits without a time limit.
			while (true) {
				LockSupport.parkNanos(100_000_000);
			}
		};
	}

	@Bean
	@ConditionalOnProperty("app.on-refusal")
	ApplicationListener<AvailabilityChangeEvent<ReadinessState>> refusalListener(Environment environment) {
		String action = environment.getRequiredProperty("app.on-refusal");
		AtomicBoolean called = new AtomicBoolean();
		return (event) -> {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC && !called.getAndSet(true)) {
				logger.info("The listener is told of the refusal");
				if (action.equals("exit")) {
					System.exit(3);
				}
				block();
			}
		};
	}

	@Bean
	@ConditionalOnProperty("app.destroy-time")
	DisposableBean slowlyDestroyedBean(Environment environment) {
		long millis = environment.getRequiredProperty("app.destroy-time", Duration.class).toMillis();
		return () -> TimeUnit.MILLISECONDS.sleep(millis);
	}

	@Bean
	@ConditionalOnBooleanProperty("app.exit-when-drained")
	ApplicationListener<DrainedEvent> exitingListener() {
		return (event) -> {
			logger.info("Exiting");
			System.exit(3);
		};
	}

	@Bean
	@ConditionalOnBooleanProperty("app.participant-blocks")
	Participant blockingParticipant() {
		return new Participant() {

			@Override
			public String name() {
				return "blocking";
			}

			@Override
			public long inFlight() {
				block();
				return 1;
			}

		};
	}

	@Bean(name = "applicationEventMulticaster")
	@ConditionalOnBooleanProperty("app.async-events")
	SimpleApplicationEventMulticaster asynchronousMulticaster() {
		SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
		multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor("event-"));
		return multicaster;
	}

	@Bean
	@ConditionalOnBooleanProperty("app.async-events")
	DisposableBean destroyedBean() {
		return () -> logger.info("A bean is destroyed");
	}

	/** As an agent or another library does. */
	@Bean
	@ConditionalOnBooleanProperty("app.other-signal-handler")
	ApplicationListener<ApplicationStartedEvent> otherSignalHandler() {
		return (event) -> {
			try {
				Class<?> signal = Class.forName("sun.misc.Signal");
				Class<?> handler = Class.forName("sun.misc.SignalHandler");
				Object exit = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] { handler },
						(proxy, method, arguments) -> {
							System.exit(143);
							return null;
						});
				signal.getMethod("handle", signal, handler)
					.invoke(null, signal.getConstructor(String.class).newInstance("TERM"), exit);
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException(ex);
			}
		};
	}

	@Bean
	@ConditionalOnProperty("app.exhaust")
	ApplicationListener<ApplicationReadyEvent> exhaustion(Environment environment) {
		String resource = environment.getRequiredProperty("app.exhaust");
		return (event) -> {
			switch (resource) {
				case "heap" -> exhaustHeap();
				case "files" -> exhaustFiles();
				default -> exhaustThreads();
			}
		};
	}

	/** All slots are taken, and one is given back. */
	private static void exhaustThreads() {
		CountDownLatch end = new CountDownLatch(1);
		Thread last = new Thread(null, () -> awaitUninterruptibly(end), "last filler", 64 * 1024);
		last.setDaemon(true);
		last.start();
		int fillers = 0;
		try {
			while (true) {
				Thread thread = new Thread(null, Hostile::block, "filler", 64 * 1024);
				thread.setDaemon(true);
				thread.start();
				fillers++;
			}
		}
		catch (OutOfMemoryError ex) {
			// The slots are the kernel's, for which a thread is there a little longer.
			int most = kernelThreads();
			end.countDown();
			while (kernelThreads() >= most) {
				Thread.onSpinWait();
			}
		}
		logger.info("Resource is exhausted but for one, after " + fillers + " threads");
	}

	private static int kernelThreads() {
		return Objects.requireNonNull(new File("/proc/self/task").list()).length;
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** They stay open, since this thread keeps them. */
	private static void exhaustFiles() {
		Thread thread = new Thread(() -> {
			List<InputStream> open = new ArrayList<>();
			try {
				while (true) {
					open.add(Files.newInputStream(Path.of("/dev/null")));
				}
			}
			catch (IOException ex) {
				logger.info("Resource is exhausted after " + open.size() + " files");
			}
			while (!open.isEmpty()) {
				LockSupport.park(open);
			}
		}, "opener");
		thread.setDaemon(true);
		thread.start();
	}

	/** Next to nothing can be allocated any more when it tells so. */
	private static void exhaustHeap() {
		byte[] message = "Resource is exhausted\n".getBytes(StandardCharsets.US_ASCII);
		Object[] hoard = new Object[1 << 20];
		Thread thread = new Thread(() -> {
			fill(hoard);
			System.out.write(message, 0, message.length);
			System.out.flush();
			while (hoard[0] != null) {
				LockSupport.park(hoard);
			}
		}, "hoarder");
		thread.setDaemon(true);
		thread.start();
	}

	/** The JDK itself needs a few bytes to tell of a signal. */
	private static void fill(Object[] hoard) {
		int next = 0;
		int size = 1 << 20;
		while (size >= 1 << 12 && next < hoard.length) {
			try {
				hoard[next] = new byte[size];
				next++;
			}
			catch (OutOfMemoryError ex) {
				size /= 2;
			}
		}
	}

}

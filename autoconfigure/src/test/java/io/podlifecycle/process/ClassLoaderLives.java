package io.podlifecycle.process;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.ShutdownSupervisor;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.shutdown.SupervisedApplication.Policy;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs {@link ServiceApplication}s, each with a class loader of its own for it and the
 * library as developer tools have it, and tells whether that can be collected when the
 * application is over.
 */
final class ClassLoaderLives {

	private static final int MOST_COLLECTIONS = 50;

	private ClassLoaderLives() {
	}

	public static void main(String[] args) throws Exception {
		runAnother();
		Map<Life, WeakReference<ClassLoader>> classLoaders = new EnumMap<>(Life.class);
		for (Life life : Life.values()) {
			ExecutorService thread = Executors.newSingleThreadExecutor();
			classLoaders.put(life, thread.submit(() -> live(life, args)).get());
			thread.shutdown();
		}
		runAnother();
		LastRecord.link();
		awaitCollection(classLoaders.values());
		classLoaders.forEach((life, classLoader) -> System.out
			.println(life + ": the class loader " + ((classLoader.get() != null) ? "was kept" : "was collected")));
		System.exit(0);
	}

	/**
	 * Boot's hook keeps the context class loader of the thread that starts the first
	 * application, and its log the environment of the last one.
	 */
	private static void runAnother() {
		SpringApplication
			.run(ClassLoaderLives.class, "--spring.main.web-application-type=none", "--pod-lifecycle.enabled=false")
			.close();
	}

	private static WeakReference<ClassLoader> live(Life life, String[] args) throws Exception {
		ChildFirstClassLoader classLoader = new ChildFirstClassLoader();
		Thread.currentThread().setContextClassLoader(classLoader);
		Method live = classLoader.loadClass(Lives.class.getName())
			.getDeclaredMethod("live", String.class, String[].class);
		live.setAccessible(true);
		live.invoke(null, life.name(), args);
		return new WeakReference<>(classLoader);
	}

	/** But for the one that is kept. */
	private static void awaitCollection(Collection<WeakReference<ClassLoader>> classLoaders)
			throws InterruptedException {
		for (int i = 0; i < MOST_COLLECTIONS
				&& classLoaders.stream().filter((each) -> each.get() != null).count() > 1; i++) {
			System.gc();
			TimeUnit.MILLISECONDS.sleep(100);
		}
	}

	enum Life {

		CLOSED, FAILED_BEFORE_REFRESH, FAILED_IN_REFRESH, TWO_APPLICATIONS, SUPERVISOR_NOT_REMOVED

	}

	/** Loaded by the class loader of the application. */
	static final class Lives {

		private Lives() {
		}

		static void live(String life, String[] args) throws IOException {
			switch (Life.valueOf(life)) {
				case CLOSED -> start(args, 0).close();
				case FAILED_BEFORE_REFRESH -> fail(args, 0, "--spring.main.sources=com.example.Missing");
				case FAILED_IN_REFRESH -> failSincePortIsTaken(args);
				case TWO_APPLICATIONS -> {
					ConfigurableApplicationContext first = start(args, 0);
					ConfigurableApplicationContext second = start(args, 0);
					first.close();
					second.close();
				}
				case SUPERVISOR_NOT_REMOVED ->
					SupervisedApplication.create(new Policy(true, false, true, true), Duration.ofDays(1), () -> {
					}).install(ShutdownSupervisor.JVM);
			}
		}

		private static ConfigurableApplicationContext start(String[] args, int port, String... more) {
			return SpringApplication.run(ServiceApplication.class,
					Stream.of(args, new String[] { "--server.port=" + port }, more)
						.flatMap(Stream::of)
						.toArray(String[]::new));
		}

		private static void failSincePortIsTaken(String[] args) throws IOException {
			try (ServerSocket taken = new ServerSocket(0)) {
				fail(args, taken.getLocalPort());
			}
		}

		private static void fail(String[] args, int port, String... more) {
			try {
				start(args, port, more);
			}
			catch (RuntimeException ex) {
				return;
			}
			throw new IllegalStateException("The start has not failed");
		}

	}

	/** Loads the classes of this module itself, and leaves the others to its parent. */
	private static final class ChildFirstClassLoader extends URLClassLoader {

		ChildFirstClassLoader() {
			super(ownEntries(), ClassLoaderLives.class.getClassLoader());
		}

		/** Those of the tests and of the library. */
		private static URL[] ownEntries() {
			return Stream.of(ClassLoaderLives.class, ShutdownSupervisor.class)
				.map((type) -> type.getProtectionDomain().getCodeSource().getLocation())
				.toArray(URL[]::new);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				boolean own = findLoadedClass(name) == null && findResource(name.replace('.', '/') + ".class") != null;
				return own ? findClass(name) : super.loadClass(name, resolve);
			}
		}

	}

}

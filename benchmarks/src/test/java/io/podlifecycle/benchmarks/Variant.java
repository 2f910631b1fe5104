package io.podlifecycle.benchmarks;

import java.io.File;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;

/**
 * A {@link ServiceApplication} with the library, or the same without its jar.
 */
enum Variant {

	WITHOUT("without the library", "graceful"),

	WITHOUT_GRACEFUL_SHUTDOWN("without it, `server.shutdown: immediate`", "immediate"),

	WITH("with the library", "graceful");

	private static final String LIBRARY = "pod-lifecycle-spring-boot";

	/** What only the benchmarks need. */
	private static final String TOOLS = "(jmh|jopt-simple|commons-math|spring-webflux|spring-test|spring-boot-test|"
			+ "reactor|mockito|junit|assertj).*";

	private final String text;

	private final String shutdown;

	Variant(String text, String shutdown) {
		this.text = text;
		this.shutdown = shutdown;
	}

	AppProcessBuilder process(int port) {
		return AppProcess.builder()
			.mainClass(ServiceApplication.class.getName(), classPath())
			.argument("--server.port=" + port, "--server.shutdown=" + this.shutdown);
	}

	static AppProcessBuilder onKubernetes(AppProcessBuilder process) {
		return process.environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
			.environment("KUBERNETES_SERVICE_PORT", "6443");
	}

	private String classPath() {
		Predicate<String> unwanted = (name) -> name.matches(TOOLS) || (this != WITH && name.startsWith(LIBRARY));
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !unwanted.test(new File(entry).getName()))
			.collect(Collectors.joining(File.pathSeparator));
	}

	@Override
	public String toString() {
		return this.text;
	}

}

package io.podlifecycle.process;

import java.io.File;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of the tests, without what an application does not use: it starts faster
 * for it.
 */
public final class ClassPath {

	/** Web servers and their frameworks. */
	public static final String SERVERS = "jetty|tomcat|reactor-netty|webflux|webmvc";

	/** What the library is tested with beside web servers. */
	public static final String CLIENTS = "kafka|rabbit|amqp|qpid|jms|artemis|activemq|mongo|bson|grpc|lettuce|redis"
			+ "|spring-data|spring-oxm|postgres|h2-|rsocket|spring-cloud|spring-integration|testcontainers|archunit";

	private ClassPath() {
	}

	/**
	 * Return some entries of the class path.
	 * @param names matches names of files, in part
	 * @return the class path
	 */
	static String only(String names) {
		return entries(Pattern.compile(names).asPredicate());
	}

	/**
	 * Return the class path without some of its entries.
	 * @param names matches names of files, in part; the alternatives are separated by a
	 * bar
	 * @param kept those of the alternatives that stay
	 * @return the class path
	 */
	public static String without(String names, String... kept) {
		Pattern pattern = Pattern.compile(Stream.of(names.split("\\|"))
			.filter((name) -> !Stream.of(kept).toList().contains(name))
			.collect(Collectors.joining("|")));
		return entries(pattern.asPredicate().negate());
	}

	/**
	 * Return the class path of an application that has neither a web server nor clients.
	 * @return the class path
	 */
	static String withoutServer() {
		return without(SERVERS + "|" + CLIENTS);
	}

	/**
	 * Return some of the libraries that an application without a web server and clients
	 * does not have.
	 * @param names which, out of the alternatives of {@link #SERVERS} and
	 * {@link #CLIENTS}
	 * @return the class path
	 */
	public static String libraries(String... names) {
		List<String> others = List.of(withoutServer().split(File.pathSeparator));
		return Stream.of(without(SERVERS + "|" + CLIENTS, names).split(File.pathSeparator))
			.filter((entry) -> !others.contains(entry))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static String entries(Predicate<String> names) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> names.test(new File(entry).getName()))
			.collect(Collectors.joining(File.pathSeparator));
	}

}

package io.podlifecycle.process;

import java.io.File;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The web server of a {@link Service}. All are on the class path of the tests; an
 * application finds one.
 */
enum Server {

	TOMCAT("jetty|reactor-netty|webflux"),

	JETTY("tomcat-embed-core|tomcat-embed-websocket|spring-boot-(starter-)?tomcat|reactor-netty|webflux"),

	REACTOR_NETTY("tomcat|jetty|webmvc");

	private final Pattern others;

	Server(String others) {
		this.others = Pattern.compile(others);
	}

	/**
	 * Return the class path of the tests without the other servers.
	 * @return the class path
	 */
	String classPath() {
		return classPathWithout(this.others);
	}

	/**
	 * Return the class path for an application that chooses between Tomcat and Reactor
	 * Netty by itself.
	 * @return the class path
	 */
	static String classPathWithoutJetty() {
		return classPathWithout(Pattern.compile("jetty"));
	}

	/**
	 * Return the class path of a service that has its web server and nothing else to talk
	 * to, and starts faster for it.
	 * @return the class path
	 */
	String leanClassPath() {
		return classPathWithout(Pattern.compile(this.others.pattern()
				+ "|kafka|rabbit|amqp|jms|artemis|qpid|mongo|grpc|lettuce|redis|postgres|h2-|spring-cloud"));
	}

	private static String classPathWithout(Pattern others) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !others.matcher(new File(entry).getName()).find())
			.collect(Collectors.joining(File.pathSeparator));
	}

}

package io.podlifecycle.process;

import java.io.File;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The web server of a {@link Service}. All are on the class path of the tests; an
 * application finds one.
 */
enum Server {

	TOMCAT("jetty|reactor-netty|webflux"),

	JETTY("tomcat-embed-core|tomcat-embed-websocket|spring-boot-tomcat|spring-boot-starter-tomcat|reactor-netty|webflux"),

	REACTOR_NETTY("tomcat|jetty|webmvc");

	private final String others;

	Server(String others) {
		this.others = others;
	}

	/**
	 * Return the class path of a service that has this web server and nothing else to
	 * talk to.
	 * @return the class path
	 */
	String classPath() {
		return ClassPath.without(this.others + "|" + ClassPath.CLIENTS);
	}

	/**
	 * Return the class path of a service that has this web server and all clients.
	 * @return the class path
	 */
	String classPathWithClients() {
		return beginningWithThis(ClassPath.without(this.others));
	}

	/**
	 * Return the class path for an application that chooses between Tomcat and Reactor
	 * Netty by itself.
	 * @return the class path
	 */
	static String classPathWithoutJetty() {
		return TOMCAT.beginningWithThis(ClassPath.without("jetty|" + ClassPath.CLIENTS));
	}

	/**
	 * Return the class path for an application that chooses between Jetty and Reactor
	 * Netty by itself.
	 * @return the class path
	 */
	static String classPathWithoutTomcat() {
		return JETTY.beginningWithThis(ClassPath.without("tomcat|" + ClassPath.CLIENTS));
	}

	/** For the {@link SharedClasses} of this server. */
	private String beginningWithThis(String classPath) {
		return Stream.of(classPath(), classPath)
			.flatMap((each) -> Stream.of(each.split(File.pathSeparator)))
			.distinct()
			.collect(Collectors.joining(File.pathSeparator));
	}

}

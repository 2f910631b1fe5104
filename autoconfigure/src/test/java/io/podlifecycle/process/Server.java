package io.podlifecycle.process;

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
		return ClassPath.without(this.others);
	}

	/**
	 * Return the class path for an application that chooses between Tomcat and Reactor
	 * Netty by itself.
	 * @return the class path
	 */
	static String classPathWithoutJetty() {
		return ClassPath.without("jetty|" + ClassPath.CLIENTS);
	}

}

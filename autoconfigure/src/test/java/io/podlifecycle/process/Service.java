package io.podlifecycle.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.process.HttpProbe;
import io.podlifecycle.rehearsal.process.LogLine;
import io.podlifecycle.rehearsal.rollout.TerminationMessage;

/**
 * A {@link ServiceApplication} in a JVM of its own.
 */
final class Service implements AutoCloseable {

	static final String[] JVM_OPTIONS = { "-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC" };

	/** Generous: a JVM and a context on a busy machine. */
	static final Duration START = Duration.ofSeconds(60);

	/** Longer than any grace period in these tests. */
	static final Duration END = Duration.ofSeconds(60);

	/** After so long without a further byte a connection is kept open. */
	private static final int IDLE_MILLIS = 5000;

	private static final HttpProbe HTTP = HttpProbe.create();

	private final AppProcess process;

	private final int port;

	private final int managementPort;

	private final Path message;

	private Service(AppProcess process, Path message, int port, int managementPort) {
		this.process = process;
		this.message = message;
		this.port = port;
		this.managementPort = managementPort;
	}

	/**
	 * Tell where this service is asked whether it is ready.
	 */
	Service withManagementPort(int managementPort) {
		return new Service(this.process, this.message, this.port, managementPort);
	}

	static Service start(String... arguments) {
		return start(AppProcess.builder(), arguments);
	}

	/**
	 * Start a service that has all clients on its class path.
	 */
	static Service startWithClients(String... arguments) {
		return start(AppProcess.builder(), ServiceApplication.class, Server.TOMCAT.classPathWithClients(),
				FreePort.next(), arguments);
	}

	static Service startOnKubernetes(String... arguments) {
		return startOnKubernetes(FreePort.next(), arguments);
	}

	static Service startOnKubernetes(int port, String... arguments) {
		return start(onKubernetes(), Server.TOMCAT, port, arguments);
	}

	static Service start(Server server, String... arguments) {
		return start(AppProcess.builder(), server, FreePort.next(), arguments);
	}

	static Service startOnKubernetes(Server server, String... arguments) {
		return start(onKubernetes(), server, FreePort.next(), arguments);
	}

	static Service startApplication(Class<?> application, String... arguments) {
		return start(AppProcess.builder(), application, Server.TOMCAT.classPath(), FreePort.next(), arguments);
	}

	static Service startApplication(Class<?> application, AppProcessBuilder builder, String classPath,
			String... arguments) {
		return start(builder, application, classPath, FreePort.next(), arguments);
	}

	static Service start(AppProcessBuilder builder, String... arguments) {
		return start(builder, Server.TOMCAT, FreePort.next(), arguments);
	}

	static AppProcessBuilder onKubernetes() {
		return onKubernetes(AppProcess.builder());
	}

	static AppProcessBuilder onKubernetes(AppProcessBuilder builder) {
		return builder.environment("KUBERNETES_SERVICE_HOST", "127.0.0.1")
			.environment("KUBERNETES_SERVICE_PORT", "6443");
	}

	private static Service start(AppProcessBuilder builder, Server server, int port, String... arguments) {
		return start(builder, ServiceApplication.class, server.classPath(), port, arguments);
	}

	static Service start(AppProcessBuilder builder, Class<?> application, String classPath, int port,
			String... arguments) {
		builder.jvmOption(JVM_OPTIONS);
		return SharedClasses.beginningWithAServer(classPath)
			.map((shared) -> startAsIs(shared.addTo(builder), application, shared.classPath(), port, arguments))
			.orElseGet(() -> startAsIs(builder, application, classPath, port, arguments));
	}

	/**
	 * Start an application with the JVM options that it has been given, and no others.
	 */
	static Service startAsIs(AppProcessBuilder builder, Class<?> application, String classPath, int port,
			String... arguments) {
		Path message = createMessage();
		// Those for the cluster tests do not configure a service.
		System.getenv()
			.keySet()
			.stream()
			.filter((name) -> name.startsWith("POD_LIFECYCLE_"))
			.forEach((name) -> builder.environment(name, null));
		AppProcess process = builder.mainClass(application.getName(), classPath)
			// Less than what is given as an argument.
			.environment("PODLIFECYCLE_SHUTDOWN_TERMINATIONMESSAGE_PATH", message.toString())
			.environment("PODLIFECYCLE_SHUTDOWN_TERMINATIONMESSAGE_FORMAT", "json")
			.argument("--server.port=" + port, "--spring.main.banner-mode=off",
					// On the class path of the tests, and not there.
					"--management.health.rabbit.enabled=false")
			.argument(arguments)
			.start();
		return new Service(process, message, port, port);
	}

	private static Path createMessage() {
		try {
			return Files.createTempFile("termination-log", ".json");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return what it has reported of its shutdown, unless it was given another format.
	 */
	TerminationMessage report() {
		try {
			return TerminationMessage.of(Files.readString(this.message));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port);
	}

	URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	URI readiness() {
		return URI.create("http://127.0.0.1:" + this.managementPort + "/actuator/health/readiness");
	}

	Service awaitReady() {
		awaitStatus(readiness(), 200);
		return this;
	}

	HttpProbe.Answer awaitStatus(URI uri, int status) {
		return HTTP.awaitStatus(uri, status, START);
	}

	HttpProbe.Answer get(String path) throws IOException {
		return HTTP.get(uri(path));
	}

	/**
	 * Ask as a client that keeps its connection, and see whether the server closes it.
	 * @return the answer's head; its last line is {@code closed} or {@code kept open}
	 */
	String getKeptAlive(String path) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout((int) START.toMillis());
			String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			StringBuilder answer = new StringBuilder();
			try {
				for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
					answer.append((char) next);
					socket.setSoTimeout(IDLE_MILLIS);
				}
				return answer + "\nclosed";
			}
			catch (SocketTimeoutException ex) {
				return answer + "\nkept open";
			}
		}
	}

	LogLine awaitLog(String fragment) {
		return this.process.awaitLog(fragment, START);
	}

	Service terminate() {
		this.process.terminate();
		return this;
	}

	void signal(String name) {
		this.process.signal(name);
	}

	/**
	 * Let the process run for 20 of 110 milliseconds from now on, for a minute at most.
	 */
	void throttleUntilExit() throws IOException {
		long pid = this.process.pid();
		new ProcessBuilder("sh", "-c", "for i in $(seq 550); do kill -STOP " + pid + " && sleep 0.09 && kill -CONT "
				+ pid + " && sleep 0.02 || exit 0; done")
			.start();
	}

	int awaitExit() {
		return awaitExit(END);
	}

	int awaitExit(Duration timeout) {
		return this.process.awaitExit(timeout);
	}

	/**
	 * Return what completes when the process has ended.
	 */
	CompletableFuture<Integer> onExit() {
		return this.process.onExit();
	}

	boolean hasEndedWithin(Duration timeout) {
		try {
			ProcessHandle.of(this.process.pid())
				.map(ProcessHandle::onExit)
				.orElse(CompletableFuture.completedFuture(null))
				.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	String log() {
		StringBuilder text = new StringBuilder();
		this.process.log().forEach((line) -> text.append(line.text()).append('\n'));
		return text.toString();
	}

	boolean logged(String regex) {
		return Pattern.compile(regex).matcher(log()).find();
	}

	@Override
	public void close() {
		this.process.close();
		this.message.toFile().delete();
	}

}

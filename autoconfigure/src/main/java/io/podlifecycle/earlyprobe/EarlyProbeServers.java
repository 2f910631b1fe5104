package io.podlifecycle.earlyprobe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.podlifecycle.Internal;
import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Opens the early probe servers of an application as soon as its environment is prepared,
 * and has them closed when its web servers start, or it fails to. Safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
@Internal
public final class EarlyProbeServers {

	private static final String BEAN = "podLifecycleEarlyProbeServers";

	private static final String HANDOVER_BEAN = "podLifecycleEarlyProbeServerHandover";

	private static final Log logger = LogFactory.getLog(EarlyProbeServers.class);

	private final List<Open> rooms = new CopyOnWriteArrayList<>();

	private volatile Supplier<List<DependencyOutcome>> missing = List::of;

	/**
	 * Open a room. If its port is taken, or the JVM lacks the module jdk.httpserver,
	 * there is a WARN, and the start goes on: the web server says better than we can what
	 * is wrong, unless the port is free by then.
	 * @param settings where, and what it answers
	 * @param phaseOfServer the phase in which the web server starts
	 */
	public void open(EarlyProbeServerSettings settings, int phaseOfServer) {
		try {
			EarlyProbeServer room = EarlyProbeServer.open(settings, this::lastErrors, Ticker.system(),
					Sleeper.system());
			this.rooms.add(new Open(room, new EarlyProbeHandover(room, phaseOfServer), settings.address().getPort()));
			logger.info("Answering probes on " + where(settings.address()) + " until the web server does");
		}
		catch (IOException | RuntimeException | LinkageError ex) {
			logger.warn("Probes are not answered before the web server starts, since " + where(settings.address())
					+ " cannot be bound: " + ex);
		}
	}

	/** Of all addresses there is only the port to tell. */
	static String where(InetSocketAddress address) {
		if (address.isUnresolved() || !address.getAddress().isAnyLocalAddress()) {
			String host = address.getHostString();
			return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
		}
		return "port " + address.getPort();
	}

	/**
	 * Have the rooms closed when the web servers of a context start.
	 * @param context the context that is about to be refreshed
	 * @param missing the dependencies that did not answer so far
	 */
	public void handOver(ConfigurableApplicationContext context, Supplier<List<DependencyOutcome>> missing) {
		this.missing = missing;
		context.getBeanFactory().registerSingleton(BEAN, this);
		this.rooms.forEach(
				(open) -> context.getBeanFactory().registerSingleton(HANDOVER_BEAN + open.port(), open.handover()));
	}

	/**
	 * Close the rooms that are open: there will be no web server.
	 */
	public void close() {
		this.rooms.forEach((open) -> open.handover().close());
	}

	/**
	 * Return how many requests came that were no probes.
	 * @return the number, which does not change any more once the web servers are there
	 */
	public long refused() {
		return this.rooms.stream().mapToLong((open) -> open.room().refused()).sum();
	}

	private Map<String, String> lastErrors() {
		Map<String, String> errors = new LinkedHashMap<>();
		this.missing.get().forEach((outcome) -> errors.put(outcome.dependency().name(), outcome.lastError()));
		return errors;
	}

	/**
	 * A room that was opened.
	 */
	private record Open(EarlyProbeServer room, EarlyProbeHandover handover, int port) {
	}

}

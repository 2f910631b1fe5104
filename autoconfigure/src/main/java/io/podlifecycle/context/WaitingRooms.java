package io.podlifecycle.context;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.podlifecycle.dependency.DependencyOutcome;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.waitingroom.WaitingRoom;
import io.podlifecycle.waitingroom.WaitingRoomSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Opens the waiting rooms of an application, and has them closed when its web servers
 * start, or it fails to. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class WaitingRooms {

	private static final String HANDOVER_BEAN = "podLifecycleWaitingRoomHandover";

	private static final Log logger = LogFactory.getLog(WaitingRooms.class);

	private final ConfigurableApplicationContext context;

	private final Supplier<List<DependencyOutcome>> missing;

	private final List<WaitingRoom> rooms = new CopyOnWriteArrayList<>();

	/**
	 * Create what opens the rooms.
	 * @param context the context that is about to be refreshed
	 * @param missing the dependencies that did not answer so far
	 */
	public WaitingRooms(ConfigurableApplicationContext context, Supplier<List<DependencyOutcome>> missing) {
		this.context = context;
		this.missing = missing;
	}

	/**
	 * Open a room. If its port is taken there is a WARN, and the start goes on: the web
	 * server says better than we can what is wrong, unless the port is free by then.
	 * @param settings where, and what it answers
	 * @param phaseOfServer the phase in which the web server starts
	 */
	public void open(WaitingRoomSettings settings, int phaseOfServer) {
		try {
			WaitingRoom room = WaitingRoom.open(settings, this::lastErrors, Ticker.system());
			this.rooms.add(room);
			logger.info("Answering probes on " + settings.address() + " until the web server does");
			handOver(new WaitingRoomHandover(room, phaseOfServer), settings.address().getPort());
		}
		catch (IOException ex) {
			logger.warn("Probes are not answered before the web server starts, since " + settings.address()
					+ " cannot be bound: " + ex.getMessage());
		}
	}

	/**
	 * Return how many requests came that were no probes.
	 * @return the number, which does not change any more once the web servers are there
	 */
	public long refused() {
		return this.rooms.stream().mapToLong(WaitingRoom::refused).sum();
	}

	private void handOver(WaitingRoomHandover handover, int port) {
		this.context.getBeanFactory().registerSingleton(HANDOVER_BEAN + port, handover);
		this.context.addApplicationListener((event) -> {
			if (event instanceof ApplicationFailedEvent) {
				handover.close();
			}
		});
	}

	private Map<String, String> lastErrors() {
		Map<String, String> errors = new LinkedHashMap<>();
		this.missing.get().forEach((outcome) -> errors.put(outcome.dependency().name(), outcome.lastError()));
		return errors;
	}

}

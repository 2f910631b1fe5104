package io.podlifecycle.rehearsal.cli;

import java.time.Duration;

import io.podlifecycle.rehearsal.load.Load;
import picocli.CommandLine.Option;

/**
 * Clients of streams, and the rate of the others.
 */
abstract class StreamOptions {

	@Option(order = 1, names = "--sse", paramLabel = "NUMBER",
			description = "Clients that follow server-sent events [0],")
	private int sse;

	@Option(order = 1, names = "--sse-path", paramLabel = "PATH", description = "  and where.")
	private String ssePath = "";

	@Option(order = 1, names = "--websocket", paramLabel = "NUMBER",
			description = "Clients that listen to a WebSocket [0],")
	private int webSocket;

	@Option(order = 1, names = "--websocket-path", paramLabel = "PATH", description = "  and where.")
	private String webSocketPath = "";

	@Option(order = 1, names = "--stream-pause", paramLabel = "TIME",
			description = "Pause between the end of a stream and the next one [100ms].")
	private Duration pause = Duration.ofMillis(100);

	@Option(order = 1, names = "--rate", paramLabel = "NUMBER",
			description = "Requests a second, however long the answers take, instead of pauses.")
	private int rate = -1;

	boolean hasStreams() {
		return this.sse + this.webSocket != 0;
	}

	void addStreams(Load.Builder load) {
		if ((!this.ssePath.isEmpty() && this.sse == 0) || (!this.webSocketPath.isEmpty() && this.webSocket == 0)) {
			throw new UsageException("--sse-path needs --sse, and --websocket-path needs --websocket");
		}
		load.sseClients(this.sse, this.ssePath, this.pause)
			.webSocketClients(this.webSocket, this.webSocketPath, this.pause);
		if (this.rate != -1) {
			load.rate(this.rate);
		}
	}

}

package io.podlifecycle.rehearsal.cli;

import java.net.URI;
import java.time.Duration;

import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.load.Load;
import picocli.CommandLine.Option;

/**
 * What the clients of a rehearsal do.
 */
final class ClientOptions extends StreamOptions {

	@Option(names = "--path", paramLabel = "PATH", description = "What they ask for [/].")
	private String path = "/";

	@Option(names = "--port", paramLabel = "NUMBER", description = "Port of the Service; 0 for a free one [0].")
	private int port;

	@Option(names = "--keep-alive", paramLabel = "NUMBER", description = "Clients that keep their connection [8],")
	private int keepAlive = 8;

	@Option(names = "--keep-alive-pause", paramLabel = "TIME", description = "  and their pause [300ms].")
	private Duration keepAlivePause = Duration.ofMillis(300);

	@Option(names = "--fresh", paramLabel = "NUMBER",
			description = "Clients that open a connection for each request [4],")
	private int fresh = 4;

	@Option(names = "--fresh-pause", paramLabel = "TIME", description = "  and their pause [50ms].")
	private Duration freshPause = Duration.ofMillis(50);

	@Option(names = "--http2", description = "Clients speak HTTP/2 without being asked (h2c).")
	private boolean http2;

	Rehearsal describe(Rehearsal rehearsal) {
		if (this.keepAlive + this.fresh == 0 && !hasStreams()) {
			throw new UsageException("None of --keep-alive, --fresh, --sse and --websocket asks for a client");
		}
		// What is wrong with them is to be found now.
		addTo(Load.builder(URI.create("http://localhost/"), Duration.ofSeconds(1)));
		return rehearsal.path(this.path).servicePort(this.port).load(this::addTo);
	}

	private void addTo(Load.Builder load) {
		addStreams(load);
		(this.http2 ? load.http2() : load).keepAliveClients(this.keepAlive, this.keepAlivePause)
			.freshClients(this.fresh, this.freshPause);
	}

}

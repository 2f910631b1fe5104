package io.podlifecycle.rehearsal.process;

import java.time.Duration;

/**
 * Sends SIGINT to itself, and then to a process that it starts; says what came of it.
 */
final class InterruptingApp {

	private static final Duration LONG = Duration.ofSeconds(60);

	private InterruptingApp() {
	}

	public static void main(String[] args) throws InterruptedException {
		Signals.send("INT", ProcessHandle.current().pid());
		try (AppProcess app = AppProcess.builder().mainClass(TalkingApp.class.getName()).start()) {
			app.awaitLog("ready", LONG);
			System.out.println("SIGINT had no effect");
			app.signal("INT");
			System.out.println("its process ended with " + app.awaitExit(LONG));
		}
	}

}

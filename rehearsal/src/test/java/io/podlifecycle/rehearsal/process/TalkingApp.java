package io.podlifecycle.rehearsal.process;

import java.util.concurrent.CountDownLatch;

/**
 * Says what it was given, then waits for a signal, and says that it stops.
 */
final class TalkingApp {

	private TalkingApp() {
	}

	public static void main(String[] args) throws InterruptedException {
		System.out.println("arguments " + String.join(",", args));
		System.out.println("option " + System.getProperty("talking.option"));
		System.out.println("variable " + System.getenv("TALKING_VARIABLE"));
		System.err.println("to standard error");
		if (args.length > 0 && args[0].equals("exit")) {
			System.exit(Integer.parseInt(args[1]));
		}
		Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopping")));
		System.out.println("ready");
		new CountDownLatch(1).await();
	}

}

package io.podlifecycle.rehearsal.process;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Reserves a port, says so, and waits to be ended.
 */
final class ReservingApp {

	private ReservingApp() {
	}

	public static void main(String[] args) throws InterruptedException {
		PortReservations reservations = PortReservations.open(Path.of(args[0]));
		System.out.println("reserved: " + reservations.reserve(Integer.parseInt(args[1])));
		new CountDownLatch(1).await();
	}

}

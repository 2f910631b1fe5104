package io.podlifecycle.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.podlifecycle.dependency.Dependency;

/**
 * How long a wait for many dependencies takes after the last of them answers.
 */
final class WaitForMany {

	private static final int ROUNDS = 5;

	private final Peers peers;

	private WaitForMany(Peers peers) {
		this.peers = peers;
	}

	public static void main(String[] arguments) throws Exception {
		WaitForMany wait = new WaitForMany(new Peers(Path.of(arguments[0])));
		for (int count : new int[] { 100, 1000 }) {
			print(count + " dependencies, one of them late", wait.measureRounds(count, true));
			print(count + " dependencies, all of them late", wait.measureRounds(count, false));
		}
		System.exit(0);
	}

	private List<Double> measureRounds(int count, boolean oneLate) throws Exception {
		List<Double> late = new ArrayList<>();
		for (int round = 0; round < ROUNDS; round++) {
			late.add(oneLate ? measureSlowest(count) : measureAllAtOnce(count));
		}
		late.sort(null);
		return late;
	}

	private static void print(String what, List<Double> late) {
		System.out.printf("%-45s median %6.1f ms, max %6.1f ms (%d rounds)%n", what, late.get(late.size() / 2),
				late.get(late.size() - 1), late.size());
	}

	/** All answer at once but for one. */
	private double measureSlowest(int count) throws Exception {
		try (Peer peer = this.peers.tcp(); Peer slowest = this.peers.tcp()) {
			peer.answer();
			List<Dependency> dependencies = new ArrayList<>(dependencies(count - 1, peer));
			dependencies.add(Waits.dependency(slowest.uri));
			return millisAfter(slowest, dependencies);
		}
	}

	/** None answers, and then all at once. */
	private double measureAllAtOnce(int count) throws Exception {
		try (Peer peer = this.peers.tcp()) {
			return millisAfter(peer, dependencies(count, peer));
		}
	}

	private static double millisAfter(Peer slowest, List<Dependency> dependencies) throws Exception {
		CompletableFuture<Long> end = Waits.inBackground(dependencies);
		TimeUnit.SECONDS.sleep(3);
		long answers = slowest.answer();
		return (end.get() - answers) / 1e6;
	}

	private static List<Dependency> dependencies(int count, Peer peer) {
		return IntStream.range(0, count).mapToObj((i) -> Waits.dependency(peer.uri)).toList();
	}

}

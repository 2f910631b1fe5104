package io.podlifecycle.probe;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every probe with a client library does with peers that are none.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class ProbeContract {

	static final Duration LIMIT = Duration.ofSeconds(20);

	/** For those that do not answer. */
	static final Duration SHORT_LIMIT = Duration.ofSeconds(1);

	/** A shared machine may take its time; a client without a limit takes more. */
	private static final Duration SLACK = Duration.ofSeconds(3);

	/** Threads that belong to the JVM or the tests. */
	private static final Set<String> NOT_OURS = Set.of("odd-peer", "odd-peer-connection", "process reaper");

	/** The target, where it is to be tried at a port of this machine. */
	abstract String target(int port);

	/** How often the client connects in one try. */
	int mostLogins() {
		return 1;
	}

	@Test
	void whileNothingListensItIsAbsent() throws Exception {
		int port = freePort();
		assertThat(probe(target(port)).check(LIMIT).status()).isEqualTo(Status.ABSENT);
	}

	@Test
	void aNameThatDoesNotResolveIsAbsent() throws Exception {
		// Too long for a label, so the resolver refuses it without asking anybody.
		String target = target(freePort()).replace("127.0.0.1", "x".repeat(64) + ".invalid");
		assertThat(probe(target).check(LIMIT).status()).isEqualTo(Status.ABSENT);
	}

	/** A first try loads the client's classes, which on a busy machine takes its time. */
	private void warmUp() throws Exception {
		try (OddPeer peer = OddPeer.saying("220 smtp.example.org ready\r\n")) {
			probe(target(peer.port())).check(SHORT_LIMIT);
		}
	}

	@Test
	void aPeerThatAcceptsAndNeverSpeaksIsLeftInTimeAndWithoutATrace() throws Exception {
		warmUp();
		try (OddPeer peer = OddPeer.silent()) {
			Probe probe = probe(target(peer.port()));
			Set<Thread> before = threads();
			Stopwatch stopwatch = Stopwatch.start(Ticker.system());
			ProbeResult result = probe.check(SHORT_LIMIT);
			assertThat(stopwatch.elapsed()).isLessThan(SHORT_LIMIT.plus(SLACK));
			assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
			assertThat(peer.accepted()).as("a knock and a log-in").isBetween(2, 1 + mostLogins());
			assertNothingIsLeft(before, peer);
		}
	}

	@Test
	void aPeerThatSpeaksSomethingElseIsNotYetThereAndLeftWithoutATrace() throws Exception {
		warmUp();
		try (OddPeer peer = OddPeer.saying("220 smtp.example.org ready\r\n")) {
			Probe probe = probe(target(peer.port()));
			Set<Thread> before = threads();
			ProbeResult result = probe.check(SHORT_LIMIT);
			assertThat(result.status()).as(result.detail()).isEqualTo(Status.NOT_YET);
			assertThat(peer.accepted()).as("a knock and a log-in").isBetween(2, 1 + mostLogins());
			assertNothingIsLeft(before, peer);
		}
	}

	void assertNothingIsLeft(Set<Thread> before, OddPeer peer) {
		await(() -> peer.open() == 0);
		assertThat(peer.open()).as("open connections").isZero();
		assertNoThreadIsLeft(before);
	}

	void assertNoThreadIsLeft(Set<Thread> before) {
		await(() -> newThreads(before).isEmpty());
		assertThat(newThreads(before)).as("threads left").isEmpty();
	}

	/** Check with a peer that should answer, and be left without a trace. */
	void assertAnswersAndLeavesNothing(Probe probe) throws Exception {
		Set<Thread> before = threads();
		ProbeResult result = probe.check(LIMIT);
		assertThat(result).as(result.detail()).isEqualTo(ProbeResult.answered());
		assertNoThreadIsLeft(before);
	}

	static Set<Thread> threads() {
		return new HashSet<>(Thread.getAllStackTraces().keySet());
	}

	private List<String> newThreads(Set<Thread> before) {
		List<String> names = new ArrayList<>();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (!before.contains(thread) && !isSharedOrOfTests(thread.getName()) && !isOfPeer(thread.getName())) {
				names.add(thread.getName());
			}
		}
		return names;
	}

	/** Netty has one thread for the whole JVM, which ends and starts again by itself. */
	private static boolean isSharedOrOfTests(String thread) {
		return NOT_OURS.contains(thread) || thread.startsWith("globalEventExecutor-");
	}

	/** Whether a thread is one of the real peer, where that lives in this JVM. */
	boolean isOfPeer(String thread) {
		return false;
	}

	static void await(BooleanSupplier condition) {
		new Poller(Sleeper.system(), Duration.ofMillis(20)).await(condition,
				Deadline.after(Duration.ofSeconds(10), Ticker.system()));
	}

	static Probe probe(String target) {
		return probe(ProbeRequest.of(Target.of(target)));
	}

	static Probe probe(String target, @Nullable String username, @Nullable String password) {
		return probe(ProbeRequest.of(Target.of(target)).withCredentials(new Credentials(username, password)));
	}

	static Probe probe(ProbeRequest request) {
		List<ProbeFactory> factories = ClientProbes.factories(null);
		return new Probes(factories).create(request);
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}

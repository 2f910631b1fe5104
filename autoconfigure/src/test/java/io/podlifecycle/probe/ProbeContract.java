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

import io.podlifecycle.dependency.Backoff;
import io.podlifecycle.dependency.Credentials;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.DependencyMonitor;
import io.podlifecycle.dependency.DependencyWait;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.ProbeResult.Status;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.Target;
import io.podlifecycle.dependency.WaitListener;
import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Poller;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Stopwatch;
import io.podlifecycle.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every probe with a client library does with peers that are none. Those that take
 * seconds are part of the default build for one client only.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class ProbeContract {

	static final Duration LIMIT = Duration.ofSeconds(20);

	/** For those that do not answer. */
	static final Duration SHORT_LIMIT = Duration.ofSeconds(1);

	/** For those whose client tells why only when the time is over. */
	static final Duration SECURE_LIMIT = Duration.ofSeconds(10);

	/** A shared machine may take its time; a client without a limit takes more. */
	private static final Duration SLACK = Duration.ofSeconds(15);

	/** Threads that belong to the JVM or the tests. */
	private static final Set<String> NOT_OURS = Set.of("odd-peer", "odd-peer-connection", "front", "front-client",
			"front-peer", "process reaper");

	/** The target, where it is to be tried at a port of this machine. */
	abstract String target(int port);

	/** Start a real peer, unless it is there, and return its port. */
	abstract int startPeer() throws Exception;

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
			probe(target(peer.port())).check(SHORT_LIMIT.multipliedBy(2));
		}
	}

	@Test
	@Tag("full")
	void aPeerThatAcceptsAndNeverSpeaksIsLeftInTimeAndWithoutATrace() throws Exception {
		warmUp();
		try (OddPeer peer = OddPeer.silent()) {
			Probe probe = probe(target(peer.port()));
			Set<Thread> before = threads();
			Stopwatch stopwatch = Stopwatch.start(Ticker.system());
			ProbeResult result = probe.check(SHORT_LIMIT);
			assertThat(stopwatch.elapsed()).isLessThan(SHORT_LIMIT.plus(SLACK));
			assertThat(result.status()).as(result.detail()).isEqualTo(Status.TIMED_OUT);
			assertThat(peer.accepted()).as("a connection attempt and a log-in").isBetween(2, 1 + mostLogins());
			assertNothingIsLeft(before, peer);
		}
	}

	@Test
	@Tag("full")
	void aPeerThatSpeaksSomethingElseIsNotYetThereAndLeftWithoutATrace() throws Exception {
		warmUp();
		try (OddPeer peer = OddPeer.saying("220 smtp.example.org ready\r\n")) {
			Probe probe = probe(target(peer.port()));
			Set<Thread> before = threads();
			ProbeResult result = probe.check(SHORT_LIMIT);
			assertThat(result.status()).as(result.detail()).isIn(Status.NOT_YET, Status.TIMED_OUT);
			assertThat(peer.accepted()).as("a connection attempt and a log-in").isBetween(2, 1 + mostLogins());
			assertNothingIsLeft(before, peer);
		}
	}

	@Test
	void aPeerThatIsSlowAnswers() throws Exception {
		try (Front front = Front.slow(Duration.ofMillis(300), startPeer())) {
			ProbeResult result = probe(target(front.port())).check(LIMIT);
			assertThat(result).as(result.detail()).isEqualTo(ProbeResult.answered());
		}
	}

	@Test
	@Tag("full")
	void aPeerThatIsTooSlowIsLeftInTime() throws Exception {
		warmUp();
		try (Front front = Front.slow(Duration.ofMinutes(1), startPeer())) {
			Stopwatch stopwatch = Stopwatch.start(Ticker.system());
			ProbeResult result = probe(target(front.port())).check(SHORT_LIMIT);
			assertThat(stopwatch.elapsed()).isLessThan(SHORT_LIMIT.plus(SLACK));
			assertThat(result.status()).as(result.detail()).isEqualTo(Status.TIMED_OUT);
			await(() -> front.open() == 0);
			assertThat(front.open()).as("open connections").isZero();
		}
	}

	@Test
	void aPeerThatDiesDuringATryAndComesBackEndsTheWait() throws Exception {
		int peer = startPeer();
		int port = freePort();
		try (Front mortal = Front.mortalAt(port, peer); DependencyMonitor tries = startToWait(port)) {
			mortal.awaitDeath();
			await(() -> isAbsent(tries));
			assertThat(tries.missing()).isNotEmpty();
			try (Front reborn = Front.at(port, peer)) {
				await(() -> tries.missing().isEmpty());
				assertThat(tries.missing()).isEmpty();
				await(() -> reborn.open() == 0);
				assertThat(reborn.open()).as("open connections").isZero();
			}
		}
	}

	private static boolean isAbsent(DependencyMonitor tries) {
		return tries.missing().stream().allMatch((outcome) -> outcome.lastError().contains("Connection refused"));
	}

	private DependencyMonitor startToWait(int port) {
		Dependency dependency = new Dependency("peer", Target.of(target(port)), probe(target(port)), true,
				Duration.ofMinutes(1), Duration.ofSeconds(5),
				new Backoff(Duration.ofMillis(100), 1, Duration.ofMillis(100), 0));
		return new DependencyWait(List.of(dependency), Ticker.system(), Sleeper.system(), () -> 0, new WaitListener() {
		}).start(Duration.ofHours(1));
	}

	/** As names with an underscore are, which no look-up here would find. */
	@Test
	void aHostThatIsNoneByTheStandardOfUrisAnswers() throws Exception {
		String target = target(startPeer()).replace("127.0.0.1", "127.1");
		await(() -> isAnswered(target));
		assertThat(probe(target).check(LIMIT)).isEqualTo(ProbeResult.answered());
	}

	private static boolean isAnswered(String target) {
		try {
			return probe(target).check(LIMIT).equals(ProbeResult.answered());
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	void assertNothingIsLeft(Set<Thread> before, OddPeer peer) {
		await(() -> peer.open() == 0);
		assertThat(peer.open()).as("open connections").isZero();
		assertNoThreadIsLeft(before);
	}

	void assertNoThreadIsLeft(Set<Thread> before) {
		// A client that closes in the background may start a thread to do so.
		List<String> left = new ArrayList<>();
		await(() -> {
			left.clear();
			left.addAll(newThreads(before));
			return left.isEmpty();
		});
		assertThat(left).as("threads left").isEmpty();
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
				Deadline.after(Duration.ofSeconds(20), Ticker.system()));
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

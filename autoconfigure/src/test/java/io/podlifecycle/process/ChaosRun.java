package io.podlifecycle.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.RunningLoad;
import io.podlifecycle.rehearsal.node.Dependency;
import io.podlifecycle.rehearsal.pod.EndpointWatcher;
import io.podlifecycle.rehearsal.node.FrontProxy;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import io.podlifecycle.rehearsal.process.FreePort;
import io.podlifecycle.rehearsal.time.Stopwatch;
import org.jspecify.annotations.Nullable;

/**
 * Lives one life. Clients ask a Service all the time, which has two pods: one that stays,
 * and the application, whose connections it gets as soon as its readiness says so, and
 * until a lag after it is told to leave. So whatever reaches the application was meant to
 * be answered, and the clients see if it was not.
 */
final class ChaosRun {

	private static final Duration MAX = Duration.ofSeconds(60);

	private static final Duration PROBE_PERIOD = Duration.ofMillis(100);

	/** Longer than the slowest request on a busy machine. */
	private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(20);

	private static final Path JAVA_HOMES = Path.of("target", "chaos").toAbsolutePath();

	private static final int FIRST_USER = 20_000;

	private final ChaosScenario scenario;

	private ChaosRun(ChaosScenario scenario) {
		this.scenario = scenario;
	}

	/**
	 * Live a life.
	 * @param scenario the life
	 * @return what became of it
	 * @throws AssertionError if the moment does not come, or the process does not end
	 */
	static ChaosOutcome of(ChaosScenario scenario) throws IOException {
		try {
			return new ChaosRun(scenario).run();
		}
		catch (AssertionError ex) {
			throw new AssertionError("Chaos " + scenario + ": " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Chaos " + scenario + ": interrupted", ex);
		}
	}

	private ChaosOutcome run() throws InterruptedException, IOException {
		try (StayingPod other = StayingPod.start();
				Dependency dependency = Dependency.of(other.address());
				FrontProxy proxy = FrontProxy.start(0, this.scenario.lag());
				EndpointWatcher watcher = new EndpointWatcher(PROBE_PERIOD, 3, proxy)) {
			watcher.add(other.address(), other.readiness());
			proxy.awaitEndpoints(List.of(other.address()), MAX);
			if (this.scenario.moment() != Moment.WAIT) {
				dependency.start();
			}
			return live(other, dependency, proxy, watcher);
		}
	}

	private ChaosOutcome live(StayingPod other, Dependency dependency, FrontProxy proxy, EndpointWatcher watcher)
			throws InterruptedException, IOException {
		URI slowly = proxy.uri("/slow?ms=" + this.scenario.slowRequest().toMillis());
		try (RunningLoad quick = load(proxy.uri("/hello")).keepAliveClients(3, Duration.ofMillis(40))
			.freshClients(2, Duration.ofMillis(50))
			.start();
				RunningLoad slow = load(slowly).keepAliveClients(1, Duration.ofMillis(100))
					.freshClients(1, Duration.ofMillis(100))
					.start();
				Service service = start(dependency)) {
			watcher.add(service.address(), service.readiness());
			CompletableFuture<?> answering = awaitMoment(service, dependency);
			if (this.scenario.moment().isServing()) {
				proxy.awaitEndpoints(List.of(other.address(), service.address()), MAX);
				quick.awaitRequests(quick.requests() + 20, MAX);
			}
			pause(this.scenario.offset());
			watcher.remove(service.address());
			Stopwatch sinceFirst = Stopwatch.start();
			CompletableFuture<Duration> timeToEnd = service.onExit().thenApply((code) -> sinceFirst.elapsed());
			service.terminate();
			Instant hurriedAt = sendFurther(service, sinceFirst);
			int exitCode = service.awaitExit(this.scenario.gracePeriod().minus(sinceFirst.elapsed()));
			answering.join();
			return ChaosOutcome.of(this.scenario, hurriedAt, timeToEnd.join(), exitCode,
					List.of(quick.stop(), slow.stop()), other.answered(), service.log(), service.report());
		}
	}

	private static Load.Builder load(URI target) {
		return Load.builder(target, MAX.multipliedBy(2)).timeout(CLIENT_TIMEOUT);
	}

	private Service start(Dependency dependency) throws IOException {
		List<String> arguments = new ArrayList<>(this.scenario.arguments());
		arguments.add("--pod-lifecycle.startup.dependencies.fortune=tcp://" + dependency.address());
		return Service.start(process(), ChaosApplication.class, this.scenario.server().classPath(), FreePort.next(),
				arguments.toArray(String[]::new));
	}

	/** A user of its own for each seed, since several may live at the same time. */
	private AppProcessBuilder process() throws IOException {
		AppProcessBuilder builder = Service.onKubernetes();
		return (this.scenario.kind() != ChaosKind.ONE_THREAD_SLOT) ? builder
				: builder
					.javaHome(ResourceLimit.javaHome(JAVA_HOMES.resolve("seed-" + this.scenario.seed()),
							FIRST_USER + this.scenario.seed()))
					.jvmOption(ResourceLimit.JVM_OPTION);
	}

	/**
	 * Wait until the moment begins.
	 * @return what completes when the dependency is there, if it is to come late
	 */
	private CompletableFuture<?> awaitMoment(Service service, Dependency dependency) {
		if (!this.scenario.moment().log().isEmpty()) {
			service.awaitLog(this.scenario.moment().log());
		}
		Duration late = this.scenario.dependencyAfter();
		return (this.scenario.moment() == Moment.WAIT && late != null)
				? CompletableFuture.runAsync(dependency::start,
						CompletableFuture.delayedExecutor(late.toMillis(), TimeUnit.MILLISECONDS))
				: CompletableFuture.completedFuture(null);
	}

	/**
	 * Send the further signal, if there is one and the process still there for it.
	 * @return when it was sent, if it ends every wait
	 */
	private @Nullable Instant sendFurther(Service service, Stopwatch sinceFirst) {
		FurtherSignal further = this.scenario.further();
		if (further == null) {
			return null;
		}
		if (!this.scenario.moment().furtherLog().isEmpty()) {
			service.awaitLog(this.scenario.moment().furtherLog());
		}
		if (service.hasEndedWithin(further.after())) {
			return null;
		}
		Instant hurriedAt = further.hurries(sinceFirst.elapsed()) ? Instant.now() : null;
		sendIfAlive(service, further.name());
		return hurriedAt;
	}

	private static void sendIfAlive(Service service, String signal) {
		try {
			service.signal(signal);
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			// It has ended, maybe in this very moment.
			service.awaitExit();
		}
	}

	/** The random time is what this is about, and no condition can replace it. */
	private static void pause(Duration time) throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(time.toMillis());
	}

}

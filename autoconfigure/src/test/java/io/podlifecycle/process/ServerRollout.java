package io.podlifecycle.process;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.probe.TestCertificate;
import io.podlifecycle.rehearsal.load.LoadResult;
import io.podlifecycle.rehearsal.load.RunningLoad;
import io.podlifecycle.rehearsal.pod.EndpointWatcher;
import io.podlifecycle.rehearsal.node.FrontProxy;
import io.podlifecycle.rehearsal.process.FreePort;
import org.jspecify.annotations.Nullable;

/**
 * One of two pods leaves under the load of all kinds of clients, behind a front proxy
 * that learns of it late.
 *
 * @param results what each kind of clients saw
 * @param timeToEnd the time from the removal of the endpoint until the process had ended
 * @param exitCode the exit code of the pod that left
 * @param log its log
 */
record ServerRollout(Map<ClientKind, LoadResult> results, Duration timeToEnd, int exitCode, String log) {

	private static final Duration MAX = Duration.ofMinutes(3);

	static ServerRollout of(Plan plan) {
		try (Service leaving = plan.start();
				Service staying = plan.start();
				FrontProxy proxy = FrontProxy.start(0, plan.lag());
				EndpointWatcher watcher = new EndpointWatcher(Duration.ofSeconds(1), 3, proxy)) {
			watcher.add(leaving.address(), leaving.readiness());
			watcher.add(staying.address(), staying.readiness());
			proxy.awaitEndpoints(List.of(leaving.address(), staying.address()), MAX);
			URI target = URI.create((plan.certificate() != null) ? "https://127.0.0.1:" + proxy.port() + "/hello"
					: "http://127.0.0.1:" + proxy.port() + "/hello");
			return roll(plan, leaving, staying, proxy, watcher, target);
		}
	}

	private static ServerRollout roll(Plan plan, Service leaving, Service staying, FrontProxy proxy,
			EndpointWatcher watcher, URI target) {
		Map<ClientKind, RunningLoad> loads = new EnumMap<>(ClientKind.class);
		try {
			plan.kinds().forEach((kind) -> loads.put(kind, kind.start(target)));
			awaitEachClientOnceMore(loads);
			awaitEachClientOnceMore(loads);
			long start = System.nanoTime();
			watcher.remove(leaving.address());
			TimeUnit.NANOSECONDS.sleep(plan.preStopSleep().toNanos());
			int exitCode = leaving.terminate().awaitExit();
			Duration timeToEnd = Duration.ofNanos(System.nanoTime() - start);
			// What was sent to the pod that left has failed or not by now; and once on.
			proxy.awaitEndpoints(List.of(staying.address()), MAX);
			awaitEachClientOnceMore(loads);
			Map<ClientKind, LoadResult> results = new EnumMap<>(ClientKind.class);
			loads.forEach((kind, load) -> results.put(kind, load.stop()));
			return new ServerRollout(results, timeToEnd, exitCode, leaving.log());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			loads.values().forEach(RunningLoad::close);
		}
	}

	private static void awaitEachClientOnceMore(Map<ClientKind, RunningLoad> loads) {
		Map<ClientKind, Long> wanted = new EnumMap<>(ClientKind.class);
		loads.forEach((kind, load) -> wanted.put(kind, load.requests() + kind.requestsUntilEachHasSentOne()));
		loads.forEach((kind, load) -> load.awaitRequests(wanted.getOrDefault(kind, 0L), MAX));
	}

	long failed() {
		return this.results.values().stream().mapToLong(LoadResult::failed).sum();
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("ended after " + this.timeToEnd.toMillis() + " ms");
		this.results.forEach((kind, result) -> {
			text.append("\n\t").append(kind).append(": ").append(result);
			result.failures().stream().limit(3).forEach((failure) -> text.append("\n\t\t").append(failure));
		});
		this.log.lines()
			.filter((line) -> line.contains("LoggingShutdownListener") || line.contains("WARN")
					|| line.contains("ERROR"))
			.forEach((line) -> text.append("\n\t").append(line));
		return text.toString();
	}

	/**
	 * What to roll.
	 *
	 * @param server the web server
	 * @param certificate what it identifies itself with, if it speaks TLS
	 * @param kinds the clients
	 * @param lag how late the front proxy is
	 * @param preStopSleep the time from the removal of the endpoint until SIGTERM
	 * @param arguments further arguments of the application
	 */
	record Plan(Server server, @Nullable TestCertificate certificate, List<ClientKind> kinds, Duration lag,
			Duration preStopSleep, List<String> arguments) {

		private Service start() {
			List<String> all = new ArrayList<>(List.of("--server.http2.enabled=true"));
			all.addAll(this.arguments);
			if (this.certificate == null) {
				return Service.startOnKubernetes(this.server, all.toArray(new String[0]));
			}
			// The kubelet's probes need no TLS on a port of their own.
			int management = FreePort.next();
			all.addAll(List.of("--management.server.port=" + management, "--management.server.ssl.enabled=false"));
			all.addAll(List.of("--server.ssl.key-store=" + this.certificate.keyStore(),
					"--server.ssl.key-store-password=" + TestCertificate.PASSWORD));
			return Service.startOnKubernetes(this.server, all.toArray(new String[0])).withManagementPort(management);
		}

	}

}

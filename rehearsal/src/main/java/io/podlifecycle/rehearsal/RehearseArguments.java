package io.podlifecycle.rehearsal;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.podlifecycle.rehearsal.arguments.Arguments;
import io.podlifecycle.rehearsal.arguments.Durations;
import io.podlifecycle.rehearsal.load.Load;
import io.podlifecycle.rehearsal.load.StreamArguments;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.pod.PreStop;
import io.podlifecycle.rehearsal.pod.Probe;
import io.podlifecycle.rehearsal.rollout.Rollout;
import io.podlifecycle.rehearsal.rollout.RolloutWriter;

/**
 * Reads the arguments of {@link RehearseCommand}. Throws {@link IllegalArgumentException}
 * with a message for people where they are of no use.
 */
final class RehearseArguments {

	static final String USAGE = """
			Usage: java -jar pod-lifecycle-rehearsal.jar rehearse APP.jar [option…] [-- argument of the app…]

			Starts the application as pods on this machine, puts load on them, and tells what clients noticed.
			To hold manifests against the application's properties: advise --help

			What runs (in JVM options, arguments and variables {port} is the pod's port, {port.NAME} a further one;
			where none has {port}, --server.port={port} is added):
			  --main-class NAME        run this class of --class-path instead of a jar
			  --class-path PATH        where the class is
			  --java-home DIRECTORY    the Java installation to run with
			  --jvm OPTION             an option of the JVM; may be given again
			  --env NAME=VALUE         a variable of the environment; may be given again

			How the kubelet treats it:
			  --startup PATH           startup probe [none]
			  --readiness PATH         readiness probe [/actuator/health/readiness]
			  --liveness PATH          liveness probe [none]
			  --probe-port NAME        ask the port {port.NAME}
			  --probe-period 1s        from one question to the next
			  --probe-timeout 1s       how long to wait for an answer
			  --probe-failures 3       how many failures in a row count; 60 for the startup probe
			  --pre-stop HOOK          'sleep 5s', 'get /path' or 'exec COMMAND ARGUMENT…'
			  --grace-period 30s       from the deletion to SIGKILL

			What happens:
			  --scenario NAME          rolling-update [default], pod-deletion, scale-down, oom-kill, crash, slow-start,
			                           dependency-late, dependency-lost, dependency-moved
			  --replicas 2             how many pods
			  --max-surge 1            how many more during a rolling update
			  --max-unavailable 0      how many fewer during a rolling update
			  --lag 1s                 how long a change of the endpoints takes; 1s..5s for random times
			  --seed 1                 where the random times come from
			  --slow 20s               how late new pods start in slow-start
			  --dependency HOST:PORT   something that the app needs, and that is there; the app is told another address,
			                           which stands for {dependency} in JVM options, arguments and variables
			  --away 10s               how long the dependency is late or lost, or is watched after it has moved
			  --start-timeout 2m       how long a pod may take to become ready

			What clients do:
			  --path /                 what they ask for
			  --port 0                 the port of the Service; 0 for a free one
			  --keep-alive 8           clients that keep their connection,
			  --keep-alive-pause 300ms   and their pause between requests
			  --fresh 4                clients that open a connection for each request,
			  --fresh-pause 50ms         and their pause
			  --http2                  clients speak HTTP/2 without being asked (h2c)
			  --sse 0 --sse-path /events
			                           clients that follow server-sent events, and where
			  --websocket 0 --websocket-path /socket
			                           clients that listen to a WebSocket, and where
			  --stream-pause 100ms       and their pause between the end of a stream and the next one
			  --rate N                 requests a second, however long the answers take, instead of pauses

			What comes out:
			  --compare                rehearse it twice, first with pod-lifecycle.enabled=false, and compare
			  --advise                 say which values follow for the settings of the app and its probes
			  --plain                  no progress line, even on a terminal
			  --help                   this text
			""";

	static final String EXIT_CODES = """
			Exit codes: 0 no request failed, 1 requests failed (with --compare: with the library), 64 arguments of no
			use, 69 the application could not be rehearsed, 70 an error of this program, 74 a file could not be written,
			130 Ctrl-C, 143 SIGTERM.
			""";

	private static final Set<String> FLAGS = Set.of("--compare", "--advise", "--plain", "--http2", "--help");

	private static final Set<String> REPEATED = Set.of("--jvm", "--env");

	private static final Set<String> SINGLE = Set.of("--main-class", "--class-path", "--java-home", "--startup",
			"--readiness", "--liveness", "--probe-port", "--probe-period", "--probe-timeout", "--probe-failures",
			"--pre-stop", "--grace-period", "--scenario", "--replicas", "--max-surge", "--max-unavailable", "--lag",
			"--seed", "--slow", "--start-timeout", "--path", "--port", "--keep-alive", "--keep-alive-pause", "--fresh",
			"--fresh-pause");

	private static final Set<String> SCENARIOS = Set.of("rolling-update", "pod-deletion", "scale-down", "oom-kill",
			"crash", "slow-start", "dependency-late", "dependency-lost", "dependency-moved");

	private static final int STARTUP_FAILURES = 60;

	private final Arguments arguments;

	private final DependencyArguments dependency;

	private final Map<RolloutWriter, Path> files = new LinkedHashMap<>();

	private RehearseArguments(Arguments arguments) {
		this.arguments = arguments;
		this.dependency = wantsHelp() ? DependencyArguments.NONE : DependencyArguments.of(arguments, scenario());
	}

	static RehearseArguments parse(List<String> args, List<RolloutWriter> writers) {
		Set<String> single = new TreeSet<>(SINGLE);
		single.addAll(StreamArguments.NAMES);
		single.addAll(DependencyArguments.OPTIONS);
		writers.forEach((writer) -> single.add(writer.option()));
		RehearseArguments result = new RehearseArguments(Arguments.parse(args, FLAGS, single, REPEATED));
		if (!result.wantsHelp()) {
			result.readFiles(writers);
			result.check();
		}
		return result;
	}

	private void readFiles(List<RolloutWriter> writers) {
		for (RolloutWriter writer : writers) {
			this.arguments.find(writer.option()).map(Path::of).ifPresent((file) -> {
				Path directory = file.toAbsolutePath().getParent();
				if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
					throw new IllegalArgumentException(writer.option() + ": " + file
							+ " cannot be written: it is a directory, or its directory is not there or not writable");
				}
				this.files.put(writer, file);
			});
		}
	}

	private void check() {
		// All that can be wrong is found before anything is started.
		rehearsal(false);
		if (!SCENARIOS.contains(scenario())) {
			throw new IllegalArgumentException(
					"--scenario must be one of " + new TreeSet<>(SCENARIOS) + ", but is '" + scenario() + "'");
		}
		if (scenario().equals("scale-down") && replicas() < 2) {
			throw new IllegalArgumentException("--scenario scale-down needs --replicas 2 or more");
		}
		if (maxSurge() + maxUnavailable() == 0) {
			throw new IllegalArgumentException("One of --max-surge and --max-unavailable must be 1 or more");
		}
	}

	boolean wantsHelp() {
		return this.arguments.has("--help");
	}

	boolean wantsComparison() {
		return this.arguments.has("--compare");
	}

	boolean wantsAdvice() {
		return this.arguments.has("--advise");
	}

	boolean wantsPlainLines() {
		return this.arguments.has("--plain");
	}

	/**
	 * Returns what is to be written, and where to.
	 */
	Map<RolloutWriter, Path> files() {
		return this.files;
	}

	private String scenario() {
		return this.arguments.find("--scenario").orElse("rolling-update");
	}

	private int replicas() {
		return this.arguments.count("--replicas", 50, 2);
	}

	private int maxSurge() {
		return this.arguments.count("--max-surge", 50, 1);
	}

	private int maxUnavailable() {
		return this.arguments.count("--max-unavailable", 50, 0);
	}

	/**
	 * Plays the scenario.
	 */
	Rollout play(Rehearsal rehearsal) {
		return switch (scenario()) {
			case "pod-deletion" -> rehearsal.podDeletion();
			case "scale-down" -> rehearsal.scaleDown(1);
			case "oom-kill" -> rehearsal.oomKill();
			case "crash" -> rehearsal.crash();
			case "slow-start" -> rehearsal.slowStart(this.arguments.duration("--slow", Duration.ofSeconds(20)));
			case "rolling-update" -> rehearsal.rollingUpdate();
			default -> this.dependency.play(rehearsal);
		};
	}

	/**
	 * Describes the rehearsal.
	 * @param libraryOff whether the library is to be switched off
	 */
	Rehearsal rehearsal(boolean libraryOff) {
		Rehearsal rehearsal = Rehearsal.of(pod(libraryOff))
			.replicas(replicas())
			.maxSurge(maxSurge())
			.maxUnavailable(maxUnavailable())
			.servicePort(this.arguments.count("--port", 65_535, 0))
			.path(this.arguments.find("--path").orElse("/"))
			.startTimeout(this.arguments.duration("--start-timeout", Duration.ofMinutes(2)))
			.load(load());
		String[] lag = this.arguments.find("--lag").orElse("1s").split("\\.\\.", 2);
		Duration min = Durations.parse("--lag", lag[0]);
		Duration max = (lag.length == 2) ? Durations.parse("--lag", lag[1]) : min;
		return rehearsal.lag(min, max, this.arguments.count("--seed", 999_999_999, 1));
	}

	private Consumer<Load.Builder> load() {
		int keepAlive = this.arguments.count("--keep-alive", 1_000, 8);
		int fresh = this.arguments.count("--fresh", 1_000, 4);
		if (keepAlive + fresh + StreamArguments.clients(this.arguments) == 0) {
			throw new IllegalArgumentException(
					"None of --keep-alive, --fresh, --sse and --websocket asks for a client");
		}
		// What is wrong with them is to be found now.
		StreamArguments.add(this.arguments, Load.builder(URI.create("http://localhost/"), Duration.ofSeconds(1)));
		Duration keepAlivePause = this.arguments.duration("--keep-alive-pause", Duration.ofMillis(300));
		Duration freshPause = this.arguments.duration("--fresh-pause", Duration.ofMillis(50));
		boolean http2 = this.arguments.has("--http2");
		return (load) -> {
			StreamArguments.add(this.arguments, load);
			(http2 ? load.http2() : load).keepAliveClients(keepAlive, keepAlivePause).freshClients(fresh, freshPause);
		};
	}

	private PodSpec pod(boolean libraryOff) {
		PodSpec.Builder pod = launch();
		this.arguments.find("--java-home").map(Path::of).ifPresent(pod::javaHome);
		this.dependency.jvmOptions().forEach(pod::jvmOption);
		this.arguments.all("--jvm").stream().map(this.dependency::fillIn).forEach(pod::jvmOption);
		this.arguments.rest().stream().map(this.dependency::fillIn).forEach(pod::argument);
		for (String variable : this.arguments.all("--env").stream().map(this.dependency::fillIn).toList()) {
			int equals = variable.indexOf('=');
			if (equals < 1) {
				throw new IllegalArgumentException("--env must be like NAME=VALUE, but is '" + variable + "'");
			}
			pod.environment(variable.substring(0, equals), variable.substring(equals + 1));
		}
		if (libraryOff) {
			// Spring Boot's name for pod-lifecycle.enabled
			pod.environment("PODLIFECYCLE_ENABLED", "false");
		}
		pod.startup(this.arguments.find("--startup").map((path) -> probe(path, STARTUP_FAILURES)).orElse(null));
		pod.readiness(probe(this.arguments.find("--readiness").orElse("/actuator/health/readiness"), 3));
		pod.liveness(this.arguments.find("--liveness").map((path) -> probe(path, 3)).orElse(null));
		pod.preStop(this.arguments.find("--pre-stop").map(RehearseArguments::hook).orElse(null));
		pod.gracePeriod(this.arguments.duration("--grace-period", Duration.ofSeconds(30)));
		return pod.build();
	}

	private PodSpec.Builder launch() {
		List<String> words = new ArrayList<>(this.arguments.words());
		if (!words.isEmpty() && words.get(0).equals("rehearse")) {
			words.remove(0);
		}
		if (this.arguments.has("--main-class")) {
			if (!words.isEmpty()) {
				throw new IllegalArgumentException(
						"--main-class runs a class: '" + words.get(0) + "' is one too many (arguments follow --)");
			}
			return PodSpec.mainClass(this.arguments.required("--main-class"), this.arguments.required("--class-path"));
		}
		if (words.size() != 1) {
			throw new IllegalArgumentException(words.isEmpty() ? "The jar to rehearse is missing"
					: "One jar can be rehearsed, not " + words + " (arguments of the app follow --)");
		}
		Path jar = Path.of(words.get(0));
		if (!Files.isRegularFile(jar)) {
			throw new IllegalArgumentException("There is no file " + jar.toAbsolutePath() + ": is the app built?");
		}
		return PodSpec.jar(jar);
	}

	private Probe probe(String path, int failures) {
		return Probe.httpGet(path)
			.withPort(this.arguments.find("--probe-port").orElse(""))
			.withPeriod(this.arguments.duration("--probe-period", Duration.ofSeconds(1)))
			.withTimeout(this.arguments.duration("--probe-timeout", Duration.ofSeconds(1)))
			.withFailureThreshold((failures == STARTUP_FAILURES) ? failures
					: this.arguments.count("--probe-failures", 1_000, failures));
	}

	private static PreStop hook(String text) {
		String[] words = text.trim().split("\\s+");
		if (words.length == 2 && words[0].equals("sleep")) {
			return PreStop.sleep(Durations.parse("--pre-stop sleep", words[1]));
		}
		if (words.length == 2 && words[0].equals("get") && words[1].startsWith("/")) {
			return PreStop.httpGet(words[1]);
		}
		if (words.length > 1 && words[0].equals("exec")) {
			return PreStop.exec(List.of(words).subList(1, words.length).toArray(String[]::new));
		}
		throw new IllegalArgumentException(
				"--pre-stop must be like 'sleep 5s', 'get /path' or 'exec COMMAND ARGUMENT…', but is '" + text + "'");
	}

}

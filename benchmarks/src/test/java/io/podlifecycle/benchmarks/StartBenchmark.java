package io.podlifecycle.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;

/**
 * What the library adds to the start of a small web service, and to its memory: starts
 * with and without it by turns. Run by
 * {@code mvn verify -Pbenchmarks -pl benchmarks -am -Dit.test=StartBenchmark}; takes
 * about a quarter of an hour. The property {@code rounds} says how often each is started,
 * {@code service.java.home} on which JDK, and {@code service.jvm.options} with which
 * further options, such as {@code -Xint}.
 */
class StartBenchmark {

	private static final int ROUNDS = Integer.getInteger("rounds", 15);

	private static final Path JDK = Path.of(System.getProperty("service.java.home", System.getProperty("java.home")));

	private static final String[] JVM_OPTIONS = ("-Xmx256m -XX:+UseSerialGC "
			+ System.getProperty("service.jvm.options", ""))
		.trim()
		.split(" +");

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	/** Time in which the JVM goes on to compile, and what can wait is done. */
	private static final Duration AFTERWARDS = Duration.ofSeconds(10);

	private static final Pattern STARTED = Pattern.compile("Started \\S+ in ([0-9.]+) seconds");

	private static final Pattern MAIN_THREAD = Pattern
		.compile("Main thread: ([0-9]+) ns, ([0-9]+) bytes; classes loaded: ([0-9]+)");

	/** The class of a lambda has a second address, and is not counted. */
	private static final Pattern OURS = Pattern.compile("io\\.podlifecycle\\.(?!benchmarks)[^/ ]*/0x(?!.*/0x)");

	private static final Pattern LIVE_BYTES = Pattern.compile("Total +\\d+ +(\\d+)");

	private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K");

	@Test
	void run() throws IOException, InterruptedException {
		// The first of all finds nothing in the caches of the system.
		start(Variant.WITH, false);
		Starts anywhere = new Starts(false);
		Starts onKubernetes = new Starts(true);
		for (int round = 0; round < ROUNDS; round++) {
			boolean withFirst = round % 2 == 1;
			anywhere.add(withFirst);
			onKubernetes.add(withFirst);
		}
		System.out.println("| | start of the context | main thread's CPU | allocated by it | CPU until "
				+ AFTERWARDS.toSeconds() + " s later | classes | of ours | live heap | metaspace |\n"
				+ "|---|---|---|---|---|---|---|---|---|");
		anywhere.print("");
		onKubernetes.print(", on Kubernetes");
	}

	private static Start start(Variant variant, boolean onKubernetes) throws IOException, InterruptedException {
		AppProcessBuilder builder = variant.process(FreePort.next()).javaHome(JDK).jvmOption(JVM_OPTIONS);
		try (AppProcess process = (onKubernetes ? Variant.onKubernetes(builder) : builder).start()) {
			double context = number(STARTED, process.awaitLog(STARTED, TIMEOUT).text()) * 1000;
			MatchResult main = match(MAIN_THREAD, process.awaitLog(MAIN_THREAD, TIMEOUT).text());
			TimeUnit.SECONDS.sleep(AFTERWARDS.toSeconds());
			double cpu = ProcessHandle.of(process.pid())
				.flatMap((handle) -> handle.info().totalCpuDuration())
				.orElseThrow()
				.toMillis();
			long ours = OURS.matcher(jcmd(process, "VM.class_hierarchy")).results().count();
			// Counts after a full collection.
			double heap = number(LIVE_BYTES, jcmd(process, "GC.class_histogram"));
			double metaspace = number(METASPACE, jcmd(process, "GC.heap_info"));
			return new Start(context, Double.parseDouble(main.group(1)) / 1e6, Double.parseDouble(main.group(2)) / 1e6,
					cpu, Double.parseDouble(main.group(3)), ours, heap / 1e6, metaspace * 1024 / 1e6);
		}
	}

	private static String jcmd(AppProcess process, String command) throws IOException {
		Process jcmd = new ProcessBuilder(JDK.resolve("bin/jcmd").toString(), String.valueOf(process.pid()), command)
			.redirectErrorStream(true)
			.start();
		return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private static double number(Pattern pattern, String text) {
		return Double.parseDouble(match(pattern, text).group(1));
	}

	private static MatchResult match(Pattern pattern, String text) {
		return pattern.matcher(text)
			.results()
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("There is no " + pattern + " in:\n" + text));
	}

	/** Starts with and without the library by turns, in the same place. */
	private static final class Starts {

		private final boolean onKubernetes;

		private final List<Start> without = new ArrayList<>();

		private final List<Start> with = new ArrayList<>();

		Starts(boolean onKubernetes) {
			this.onKubernetes = onKubernetes;
		}

		void add(boolean withFirst) throws IOException, InterruptedException {
			if (withFirst) {
				this.with.add(start(Variant.WITH, this.onKubernetes));
			}
			this.without.add(start(Variant.WITHOUT, this.onKubernetes));
			if (!withFirst) {
				this.with.add(start(Variant.WITH, this.onKubernetes));
			}
		}

		void print(String where) {
			print("without the library" + where, this.without);
			print("with the library" + where, this.with);
		}

		private void print(String what, List<Start> starts) {
			System.out.println("| " + what + " | " + cell(starts, Start::context, "ms") + " | "
					+ cell(starts, Start::mainCpu, "ms") + " | " + cell(starts, Start::allocated, "MB") + " | "
					+ cell(starts, Start::cpu, "ms") + " | " + cell(starts, Start::classes, "classes") + " | "
					+ median(starts, Start::ours) + " | " + cell(starts, Start::heap, "MB") + " | "
					+ cell(starts, Start::metaspace, "MB") + " |");
		}

		private static long median(List<Start> starts, ToDoubleFunction<Start> figure) {
			return Math.round(Medians.of(starts.stream().mapToDouble(figure).boxed().toList()));
		}

		/** Compared are the starts of one round, which had about the same noise. */
		private String cell(List<Start> starts, ToDoubleFunction<Start> figure, String unit) {
			List<Double> figures = new ArrayList<>();
			List<Double> differences = new ArrayList<>();
			for (int round = 0; round < starts.size(); round++) {
				double value = figure.applyAsDouble(starts.get(round));
				figures.add(value);
				differences.add(value - figure.applyAsDouble(this.without.get(round)));
			}
			double median = Medians.of(figures);
			double difference = Medians.of(differences);
			String text = String.format(Locale.ROOT, "%.1f %s", median, unit);
			return (starts == this.without) ? text : text + String.format(Locale.ROOT, " (%+.1f %s, %+.1f %%)",
					difference, unit, difference / (median - difference) * 100);
		}

	}

	/**
	 * One start.
	 *
	 * @param context what Spring Boot measures, in ms
	 * @param mainCpu what the main thread had used when it had ended, in ms
	 * @param allocated what the main thread had allocated by then, in MB
	 * @param cpu what the process had used some time later, in ms
	 * @param classes how many classes had been loaded when the main thread ended
	 * @param ours how many of the library's are loaded in the end, without those of
	 * lambdas
	 * @param heap what lives after a collection, in MB
	 * @param metaspace what classes use, in MB
	 */
	private record Start(double context, double mainCpu, double allocated, double cpu, double classes, double ours,
			double heap, double metaspace) {
	}

}

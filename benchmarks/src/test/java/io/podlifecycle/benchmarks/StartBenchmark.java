package io.podlifecycle.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.AppProcessBuilder;
import io.podlifecycle.rehearsal.process.FreePort;
import org.junit.jupiter.api.Test;

/**
 * What the library adds to the start of a small web service, and to its memory: starts
 * with and without it by turns. Run by
 * {@code mvn verify -Pbenchmarks -pl benchmarks -am -Dit.test=StartBenchmark}; takes
 * about five minutes. The property {@code rounds} says how often each is started.
 */
class StartBenchmark {

	private static final int ROUNDS = Integer.getInteger("rounds", 15);

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private static final Pattern STARTED = Pattern.compile("Started \\S+ in ([0-9.]+) seconds");

	private static final Pattern LIVE_BYTES = Pattern.compile("Total +\\d+ +(\\d+)");

	private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K");

	@Test
	void run() throws IOException {
		// The first of all finds nothing in the caches of the system.
		start(Variant.WITH, false);
		Starts anywhere = new Starts(false);
		Starts onKubernetes = new Starts(true);
		for (int round = 0; round < ROUNDS; round++) {
			boolean withFirst = round % 2 == 1;
			anywhere.add(withFirst);
			onKubernetes.add(withFirst);
		}
		System.out
			.println("| | start of the context | CPU until then | live heap | metaspace |\n" + "|---|---|---|---|---|");
		anywhere.print("");
		onKubernetes.print(", on Kubernetes");
	}

	private static Start start(Variant variant, boolean onKubernetes) throws IOException {
		AppProcessBuilder builder = variant.process(FreePort.next()).jvmOption("-Xmx256m", "-XX:+UseSerialGC");
		try (AppProcess process = (onKubernetes ? Variant.onKubernetes(builder) : builder).start()) {
			Matcher started = STARTED.matcher(process.awaitLog(STARTED, TIMEOUT).text());
			if (!started.find()) {
				throw new IllegalStateException();
			}
			double cpu = ProcessHandle.of(process.pid())
				.flatMap((handle) -> handle.info().totalCpuDuration())
				.orElseThrow()
				.toMillis();
			// Counts after a full collection.
			double heap = number(LIVE_BYTES, jcmd(process, "GC.class_histogram"));
			double metaspace = number(METASPACE, jcmd(process, "GC.heap_info"));
			return new Start(Double.parseDouble(started.group(1)) * 1000, cpu, heap / 1e6, metaspace * 1024 / 1e6);
		}
	}

	private static String jcmd(AppProcess process, String command) throws IOException {
		Process jcmd = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", String.valueOf(process.pid()),
				command)
			.redirectErrorStream(true)
			.start();
		return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	private static double number(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		if (!matcher.find()) {
			throw new IllegalStateException("There is no " + pattern + " in:\n" + text);
		}
		return Double.parseDouble(matcher.group(1));
	}

	/** Starts with and without the library by turns, in the same place. */
	private static final class Starts {

		private final boolean onKubernetes;

		private final List<Start> without = new ArrayList<>();

		private final List<Start> with = new ArrayList<>();

		Starts(boolean onKubernetes) {
			this.onKubernetes = onKubernetes;
		}

		void add(boolean withFirst) throws IOException {
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
					+ cell(starts, Start::cpu, "ms") + " | " + cell(starts, Start::heap, "MB") + " | "
					+ cell(starts, Start::metaspace, "MB") + " |");
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
	 * @param cpu what the process had used by then, in ms
	 * @param heap what lives after a collection, in MB
	 * @param metaspace what classes use, in MB
	 */
	private record Start(double context, double cpu, double heap, double metaspace) {
	}

}

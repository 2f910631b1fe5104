package io.podlifecycle.stress;

import java.util.stream.Stream;

import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;

/**
 * Runs all stress tests, then those of variants that are broken on purpose: if those are
 * not found out, the others prove nothing.
 */
public final class Main {

	/** One JVM, whose compiler orders at random what it may order as it likes. */
	private static final String[] SHORT = { "-m", "quick", "-sc", "false", "-af", "NONE", "-jvmArgs",
			"-XX:-TieredCompilation -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM -XX:+StressGCM -XX:+StressIGVN" };

	private Main() {
	}

	/**
	 * Run them. Ends with an exception, and so with an exit code that is not zero, if an
	 * outcome is forbidden.
	 * @param args more options for jcstress
	 * @throws Exception if jcstress fails
	 */
	public static void main(String[] args) throws Exception {
		run("^(?!.*Broken).*Stress", "report", args);
		try {
			run("Broken", "control", args);
		}
		catch (AssertionError ex) {
			if (!String.valueOf(ex.getMessage()).contains("Broken")) {
				throw ex;
			}
			System.out.println("The broken variant was found out, as it has to be.");
			return;
		}
		throw new AssertionError("The broken variant was not found out: the stress is too low");
	}

	private static void run(String tests, String report, String[] args) throws Exception {
		Options options = new Options(Stream.of(SHORT, new String[] { "-t", tests, "-r", report }, args)
			.flatMap(Stream::of)
			.toArray(String[]::new));
		if (!options.parse()) {
			throw new IllegalArgumentException("jcstress does not know these options");
		}
		JCStress stress = new JCStress(options);
		if (stress.getTests().isEmpty()) {
			throw new AssertionError("There is no test of the name " + tests);
		}
		stress.run();
	}

}

package io.podlifecycle.rehearsal.advice;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.podlifecycle.rehearsal.arguments.Arguments;

/**
 * Holds manifests against the application's properties, from the command line:
 *
 * <pre>
 * kustomize build k8s | java -jar pod-lifecycle-rehearsal.jar advise - --jar app.jar
 * </pre>
 *
 * {@code --help} tells the options and the exit codes.
 *
 * @since 0.1.0
 */
public final class AdviseCommand {

	static final int NO_FINDINGS = 0;

	static final int FINDINGS = 1;

	static final int USAGE = 64;

	static final int NO_DATA = 65;

	static final int NO_INPUT = 66;

	static final String HELP = """
			Usage: java -jar pod-lifecycle-rehearsal.jar advise MANIFEST… [option…]

			Holds manifests against the properties of the application, and tells what does not fit, in which field, and
			how to fix it. A manifest is a file, or - for what 'kustomize build' and 'helm template' write.

			  --jar APP.jar            the application: the application.yml and application.properties in it
			  --config FILE            such a file, which wins over the jar; may be given again, the last one wins
			  --container NAME         the application's container [that of the annotation
			                           kubectl.kubernetes.io/default-container, or else the first]
			  --help                   this text

			What the container's variables and arguments say wins over files. Values for the settings, from
			measurements, come from a rehearsal: rehearse APP.jar --advise

			Exit codes: 0 no findings, 1 findings, 64 arguments of no use, 65 a file or a value in it is of no use,
			66 a file cannot be read.
			""";

	private final PrintStream out;

	private final PrintStream err;

	private final InputStream in;

	/**
	 * Creates a command.
	 * @param out where findings go to
	 * @param err where complaints go to
	 * @param in what {@code -} stands for
	 */
	public AdviseCommand(PrintStream out, PrintStream err, InputStream in) {
		this.out = out;
		this.err = err;
		this.in = in;
	}

	/**
	 * Runs the command.
	 * @param args its arguments, without its name
	 * @return the exit code
	 */
	public int run(List<String> args) {
		Arguments arguments;
		try {
			arguments = Arguments.parse(args, Set.of("--help"), Set.of("--jar", "--container"), Set.of("--config"));
			if (arguments.has("--help")) {
				this.out.print(HELP);
				return NO_FINDINGS;
			}
			if (arguments.words().isEmpty()) {
				throw new IllegalArgumentException("The manifest is missing");
			}
		}
		catch (IllegalArgumentException ex) {
			this.err.println(ex.getMessage());
			this.err.println("See advise --help.");
			return USAGE;
		}
		try {
			return report(read(arguments));
		}
		catch (IllegalArgumentException ex) {
			this.err.println(ex.getMessage());
			return NO_DATA;
		}
		catch (IOException ex) {
			this.err.println("It cannot be read: " + ex.getMessage());
			return NO_INPUT;
		}
	}

	private ManifestAdvice read(Arguments arguments) throws IOException {
		ManifestAdvice advice = new ManifestAdvice();
		arguments.find("--container").ifPresent(advice::container);
		if (arguments.has("--jar")) {
			advice.jar(Path.of(arguments.required("--jar")));
		}
		for (String file : arguments.all("--config")) {
			advice.config(Path.of(file));
		}
		for (String file : arguments.words()) {
			byte[] bytes = file.equals("-") ? this.in.readAllBytes() : Files.readAllBytes(Path.of(file));
			advice.manifest(file, new String(bytes, StandardCharsets.UTF_8));
		}
		if (advice.resources().isEmpty()) {
			throw new IllegalArgumentException(
					"There is no Deployment, StatefulSet, DaemonSet, ReplicaSet or Pod in " + arguments.words()
							+ arguments.find("--container").map((name) -> " with a container " + name).orElse(""));
		}
		return advice;
	}

	private int report(ManifestAdvice advice) {
		List<Finding> findings = advice.findings();
		findings.forEach(this.out::println);
		String count = switch (findings.size()) {
			case 0 -> "No findings";
			case 1 -> "1 finding";
			default -> findings.size() + " findings";
		};
		this.out.println(count + " in " + advice.resources().size()
				+ ((advice.resources().size() == 1) ? " resource." : " resources."));
		return findings.isEmpty() ? NO_FINDINGS : FINDINGS;
	}

}

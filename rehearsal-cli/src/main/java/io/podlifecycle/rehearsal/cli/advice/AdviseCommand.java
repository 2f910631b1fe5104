package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Holds manifests against the application's properties:
 *
 * <pre>
 * kustomize build k8s | java -jar pod-lifecycle-rehearsal-cli.jar advise - --jar app.jar
 * </pre>
 *
 * @since 0.1.0
 */
@Command(name = "advise", sortOptions = false, abbreviateSynopsis = true, description = {
		"Holds manifests against the properties of the application, and tells what does not fit, in which "
				+ "field, and how to fix it. Configuration is read as Spring Boot reads it in the container, from "
				+ "ConfigMaps and Secrets among the manifests, too. What cannot be judged is a finding.",
		"Values for the settings, from measurements, come from a rehearsal: rehearse APP.jar --advise%n" },
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:no findings but accepted ones", "1:findings", "64:invalid arguments",
				"65:a file or a value in it is invalid", "66:a file cannot be read", "74:a file cannot be written" })
public final class AdviseCommand implements Callable<Integer> {

	static final int NO_FINDINGS = 0;

	static final int FINDINGS = 1;

	static final int NO_DATA = 65;

	static final int NO_INPUT = 66;

	static final int NOT_WRITTEN = 74;

	@Parameters(arity = "1..*", paramLabel = "MANIFEST",
			description = "File, or - for what 'kustomize build' and 'helm template' write.")
	private List<String> manifests = new ArrayList<>();

	@Option(names = "--jar", paramLabel = "APP.jar",
			description = "The application: the application.yml and application.properties in it.")
	private @Nullable Path jar;

	@Option(names = "--config", paramLabel = "FILE",
			description = "Such a file, which wins over the jar; may be given again, the last one wins.")
	private List<Path> configs = new ArrayList<>();

	@Option(names = "--container", paramLabel = "NAME", description = "The application's container [that of the "
			+ "annotation kubectl.kubernetes.io/default-container, or else the first].")
	private String container = "";

	@Option(names = "--accept", paramLabel = "ID=REASON",
			description = "Accepts the findings of this id in all manifests; the annotation "
					+ "accept.podlifecycle.io/ID: REASON accepts those of one resource. May be given again.")
	private Map<String, String> accepted = new LinkedHashMap<>();

	@Option(names = "--junit-xml", paramLabel = "FILE",
			description = "Writes each finding as a failed test, or a skipped one if it is accepted, as JUnit XML.")
	private @Nullable Path junit;

	@Spec
	private @Nullable CommandSpec spec;

	private final PrintWriter out;

	private final PrintWriter err;

	private final InputStream in;

	private final InstantSource clock;

	/**
	 * Create a command.
	 * @param out where findings go to
	 * @param err where complaints go to
	 * @param in what {@code -} stands for
	 * @param clock dates what is written
	 */
	public AdviseCommand(PrintWriter out, PrintWriter err, InputStream in, InstantSource clock) {
		this.out = out;
		this.err = err;
		this.in = in;
		this.clock = clock;
	}

	/**
	 * Run the command.
	 * @return the exit code
	 */
	@Override
	public Integer call() {
		try {
			ManifestAdvice advice = read();
			List<Finding> findings = advice.findings();
			return write(advice, findings) ? report(advice, findings) : NOT_WRITTEN;
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

	private ManifestAdvice read() throws IOException {
		ManifestAdvice advice = new ManifestAdvice().container(this.container);
		if (this.jar != null) {
			advice.jar(this.jar);
		}
		for (Path file : this.configs) {
			advice.config(file);
		}
		accept(advice);
		for (String file : this.manifests) {
			byte[] bytes = file.equals("-") ? this.in.readAllBytes() : Files.readAllBytes(Path.of(file));
			advice.manifest(file, new String(bytes, StandardCharsets.UTF_8));
		}
		if (advice.resources().isEmpty()) {
			throw new IllegalArgumentException(
					"There is no Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob or Pod in "
							+ this.manifests + (this.container.isEmpty() ? "" : " with a container " + this.container));
		}
		return advice;
	}

	private void accept(ManifestAdvice advice) {
		try {
			this.accepted.forEach(advice::accept);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(Objects.requireNonNull(this.spec).commandLine(),
					"--accept: " + ex.getMessage());
		}
	}

	private boolean write(ManifestAdvice advice, List<Finding> findings) {
		try {
			if (this.junit != null) {
				FindingsReport.write(advice.resources(), findings, this.clock.instant(), this.junit);
			}
			return true;
		}
		catch (IOException ex) {
			this.err.println(this.junit + " cannot be written: " + ex.getMessage());
			return false;
		}
	}

	private int report(ManifestAdvice advice, List<Finding> findings) {
		findings.forEach(this.out::println);
		long accepted = findings.stream().filter(Finding::isAccepted).count();
		long open = findings.size() - accepted;
		this.out.println(((open == 0) ? "No findings" : (open == 1) ? "1 finding" : open + " findings") + " in "
				+ advice.resources().size() + ((advice.resources().size() == 1) ? " resource" : " resources")
				+ ((accepted == 0) ? "." : ", " + accepted + " accepted."));
		return (open == 0) ? NO_FINDINGS : FINDINGS;
	}

}

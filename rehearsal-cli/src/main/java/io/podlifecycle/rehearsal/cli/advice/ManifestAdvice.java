package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.PropertySource;

/**
 * Holds the manifests of an application against its properties:
 *
 * <pre class="code">
 * List&lt;Finding&gt; findings = new ManifestAdvice().config(Path.of("src/main/resources/application.yml"))
 *     .manifest("deployment.yaml", Files.readString(Path.of("deployment.yaml")))
 *     .findings();
 * </pre>
 *
 * It knows what stands in the files, and in the variables and arguments of the container;
 * what comes from elsewhere (a ConfigMap, a config server, the image) it does not.
 * <p>
 * Not thread-safe.
 *
 * @since 0.1.0
 */
final class ManifestAdvice {

	private static final List<Check> CHECKS = List.of(new GraceCheck(), new ProbeCheck(), new HookCheck(),
			new CommandCheck());

	private final List<PropertySource<?>> properties = new ArrayList<>();

	private final List<Workload> workloads = new ArrayList<>();

	private String container = "";

	/**
	 * Creates advice on nothing yet.
	 */
	ManifestAdvice() {
	}

	/**
	 * Adds the properties in the jar of the application.
	 * @param jar the jar
	 * @return this advice
	 * @throws IOException if it cannot be read
	 * @throws IllegalArgumentException if what it holds is of no use
	 */
	ManifestAdvice jar(Path jar) throws IOException {
		this.properties.addAll(PropertyFiles.readJar(jar));
		return this;
	}

	/**
	 * Adds properties, which win over those that were added before.
	 * @param file {@code application.yml}, {@code application-prod.properties} and the
	 * like
	 * @return this advice
	 * @throws IOException if it cannot be read
	 * @throws IllegalArgumentException if what it holds is of no use
	 */
	ManifestAdvice config(Path file) throws IOException {
		this.properties.addAll(PropertyFiles.read(file));
		return this;
	}

	/**
	 * Names the container of the application; by default that of the annotation
	 * {@code kubectl.kubernetes.io/default-container}, or else the first one.
	 * @param name its name
	 * @return this advice
	 */
	ManifestAdvice container(String name) {
		this.container = name;
		return this;
	}

	/**
	 * Adds a manifest.
	 * @param name what it is called, for people
	 * @param text YAML or JSON, any number of documents
	 * @return this advice
	 * @throws IllegalArgumentException if it is neither
	 */
	ManifestAdvice manifest(String name, String text) {
		this.workloads.addAll(Manifest.read(name, text).workloads());
		return this;
	}

	/**
	 * Returns the resources that make pods with the application's container.
	 * @return what they are, for people
	 */
	List<String> resources() {
		return apps().stream().map((app) -> app.workload().resource()).toList();
	}

	private List<AppContainer> apps() {
		return this.workloads.stream()
			.flatMap((workload) -> workload.container(this.container)
				.map((node) -> AppContainer.of(workload, node, this.properties))
				.stream())
			.toList();
	}

	/**
	 * Returns what does not fit.
	 * @return the findings, in the order of the resources
	 * @throws IllegalArgumentException if a field or a property has a value of no use
	 */
	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		for (AppContainer app : apps()) {
			try {
				CHECKS.forEach((check) -> findings.addAll(check.check(app)));
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException(app.workload().resource() + ": " + ex.getMessage(), ex);
			}
		}
		return findings;
	}

}

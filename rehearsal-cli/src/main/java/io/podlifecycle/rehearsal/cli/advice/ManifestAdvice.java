package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the manifests of an application against its properties:
 *
 * <pre class="code">
 * List&lt;Finding&gt; findings = new ManifestAdvice().config(Path.of("src/main/resources/application.yml"))
 *     .manifest("deployment.yaml", Files.readString(Path.of("deployment.yaml")))
 *     .findings();
 * </pre>
 *
 * It knows what stands in the files, in the variables and arguments of the container, and
 * in the ConfigMaps and Secrets among the manifests; what comes from elsewhere (a config
 * server, the image) it does not.
 * <p>
 * Not thread-safe.
 *
 * @since 0.1.0
 */
final class ManifestAdvice {

	private static final List<Check> CHECKS = List.of(new GraceCheck(), new ProbeCheck(), new HookCheck(),
			new CommandCheck(), new ConfigurationCheck(), new ExitCodeCheck(), new SidecarCheck(), new ReplicasCheck());

	private final ConfigFiles files = new ConfigFiles();

	private final List<Manifest> manifests = new ArrayList<>();

	private final Acceptances acceptances = new Acceptances();

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
	 */
	ManifestAdvice jar(Path jar) throws IOException {
		this.files.addJar(jar);
		return this;
	}

	/**
	 * Adds properties, which win over those that were added before.
	 * @param file {@code application.yml}, {@code application-prod.properties} and the
	 * like
	 * @return this advice
	 * @throws IOException if it cannot be read
	 */
	ManifestAdvice config(Path file) throws IOException {
		this.files.add(file);
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
	 * Accepts the findings of a rule in all resources, as the annotation
	 * {@code accept.podlifecycle.io/ID} does in one.
	 * @param id the id of the rule
	 * @param reason why they are accepted
	 * @return this advice
	 * @throws IllegalArgumentException if there is no such rule, or no reason
	 */
	ManifestAdvice accept(String id, String reason) {
		this.acceptances.add(id, reason);
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
		this.manifests.add(Manifest.read(name, text));
		return this;
	}

	/**
	 * Returns the resources that make pods with the application's container.
	 * @return what they are, for people
	 */
	List<String> resources() {
		return this.manifests.stream()
			.flatMap((manifest) -> manifest.workloads().stream())
			.filter((workload) -> workload.container(this.container).isPresent())
			.map(Workload::resource)
			.toList();
	}

	/**
	 * Returns what does not fit.
	 * @return the findings, in the order of the resources, accepted ones included
	 * @throws IllegalArgumentException if the value of a field or a property is invalid,
	 * or if what is accepted is not found
	 */
	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		Map<String, Map<String, String>> all = new HashMap<>();
		this.manifests.forEach((manifest) -> all.putAll(manifest.data()));
		Resources resources = new Resources(
				this.manifests.stream().flatMap((manifest) -> manifest.resources().stream()).toList());
		for (Manifest manifest : this.manifests) {
			Map<String, Map<String, String>> data = new HashMap<>(all);
			data.putAll(manifest.data());
			manifest.workloads().forEach((workload) -> check(workload, data, resources, findings));
		}
		this.acceptances.requireAllIn(findings);
		return findings;
	}

	private void check(Workload workload, Map<String, Map<String, String>> data, Resources resources,
			List<Finding> findings) {
		try {
			workload.container(this.container)
				.map((node) -> AppContainer.of(workload, node, this.files, data, resources))
				.ifPresent((app) -> findings.addAll(check(app)));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(workload.resource() + ": " + ex.getMessage(), ex);
		}
	}

	private List<Finding> check(AppContainer app) {
		Acceptances annotations = Acceptances.of(app.workload());
		List<Finding> findings = CHECKS.stream()
			.flatMap((check) -> check.check(app).stream())
			.map(this.acceptances::applyTo)
			.map(annotations::applyTo)
			.toList();
		annotations.requireAllIn(findings);
		return findings;
	}

}

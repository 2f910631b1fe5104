package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Where manifests and properties are read from, and what is refused.
 */
class ManifestSourcesTests extends OrdersAdvice {

	static Stream<String> portsOfTheirOwn() {
		String mount = "volumes: [{name: config, configMap: {name: config}}]\n      terminationGracePeriodSeconds: 30";
		String mounted = GOOD.replace("terminationGracePeriodSeconds: 30", mount);
		return Stream.of(GOOD.replace(VARIABLE, variable("SPRING_APPLICATION_JSON", "{\"server\":{\"port\":9000}}")),
				GOOD.replace(VARIABLE, variable("JAVA_TOOL_OPTIONS", "-Xmx1g \"-Dserver.port=9000\"")),
				GOOD.replace(VARIABLE, variable("JDK_JAVA_OPTIONS", "-Dserver.port=9000")),
				GOOD.replace(HOOK, "command: [java, -Dserver.port=9000, -jar, app.jar, -Dserver.port=7000]"),
				GOOD.replace(HOOK, "command: [sh, -c, exec java $OPTIONS -jar app.jar]")
					.replace(VARIABLE, variable("OPTIONS", "-Dserver.port=9000")),
				GOOD.replace(HOOK, "args: [--server.port=$(PORT)]").replace(VARIABLE, variable("PORT", "9000")),
				GOOD.replace(VARIABLE,
						variable("JAVA_TOOL_OPTIONS", "-Dserver.port=7000")
								+ "\n        - {name: SPRING_APPLICATION_JSON, value: '{\"server.port\": 9000}'}"),
				GOOD.replace(HOOK, "envFrom: [{configMapRef: {name: config}}]")
						+ configMap("ConfigMap", "data: {SERVER_PORT: '9000'}"),
				GOOD.replace(HOOK, "envFrom: [{prefix: SERVER_, secretRef: {name: config}}]")
						+ configMap("Secret", "data: {PORT: OTAwMA==}"),
				GOOD.replace(VARIABLE,
						VARIABLE + "\n        - {name: SERVER_PORT, "
								+ "valueFrom: {configMapKeyRef: {name: config, key: port}}}")
						+ configMap("ConfigMap", "data: {port: '9000'}"),
				mounted.replace(HOOK, "volumeMounts: [{name: config, mountPath: /etc/config}]")
					.replace(VARIABLE, variable("SPRING_CONFIG_ADDITIONAL_LOCATION", "file:/etc/config/"))
						+ configMap("ConfigMap", "data: {application.properties: 'server.port=9000'}"),
				mounted.replace(HOOK, "volumeMounts: [{name: config, mountPath: /etc/config}]")
					.replace(VARIABLE, variable("SPRING_CONFIG_IMPORT", "file:///etc/config/own[.properties]"))
						+ configMap("ConfigMap", "data: {own: 'server.port=9000'}"),
				mounted.replace(HOOK, "volumeMounts: [{name: config, mountPath: /etc/config}]")
					.replace(VARIABLE,
							variable("SPRING_CONFIG_LOCATION", "/etc/config/")
									+ "\n        - {name: SPRING_PROFILES_ACTIVE, value: prod}")
						+ configMap("ConfigMap",
								"data: {application-prod.yaml: 'server.port: 9000', "
										+ "application.yaml: 'server.port: 7000'}"),
				mounted.replace(HOOK,
						"workingDir: /app\n        volumeMounts: [{name: config, "
								+ "mountPath: /app/config/application.yml, subPath: application.yml}]")
						+ configMap("ConfigMap", "data: {application.yml: 'spring.profiles.group.a: b\n\n  "
								+ "spring.profiles.active: a\n\n  ---\n\n  spring.config.activate.on-profile: b\n\n  "
								+ "server.port: 9000'}"),
				mounted.replace(HOOK, "volumeMounts: [{name: config, mountPath: /etc/tree}]")
					.replace(VARIABLE, variable("SPRING_CONFIG_IMPORT", "optional:configtree:/etc/tree/"))
						+ configMap("ConfigMap", "data: {server.port: '9000'}"));
	}

	@ParameterizedTest
	@MethodSource
	void portsOfTheirOwn(String manifest) throws IOException {
		assertThat(findings(manifest)).extracting(Finding::rule)
			.containsExactly(Rule.PROBE_PORT, Rule.PROBE_PORT, Rule.PROBE_PORT);
	}

	@Test
	void aDependencyInTheEnvironmentIsWaitedFor() {
		String manifest = GOOD.replace("failureThreshold: 60", "failureThreshold: 6");
		assertThat(findingsWithoutProperties(manifest)).isEmpty();
		assertThat(findingsWithoutProperties(
				manifest.replace(VARIABLE, variable("POD_LIFECYCLE_STARTUP_DEPENDENCIES_DB", "tcp://db:1"))))
			.extracting(Finding::rule)
			.containsExactly(Rule.STARTUP_TIME);
	}

	@Test
	void aMountedFileThatMayNotBeReadIsFound() throws IOException {
		String manifest = GOOD
			.replace("terminationGracePeriodSeconds: 30",
					"volumes: [{name: config, configMap: {name: config}}]\n      terminationGracePeriodSeconds: 30")
			.replace(HOOK, "volumeMounts: [{name: config, mountPath: /app/config}]")
				+ configMap("ConfigMap", "data: {application.yml: 'server.port: 9000'}");
		assertThat(findings(manifest)).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo(Rule.CONFIGURATION_UNKNOWN);
			assertThat(finding.field()).isEqualTo(CONTAINER + "workingDir");
			assertThat(finding.problem()).contains("/app/config/application.yml");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "port: {{ .Values.port }}", "port: \"{{ .Values.port }}\"",
			"metadata:\n  labels: \"{{- include \"orders.labels\" . | nindent 4 }}\"" })
	void aHelmTemplateIsRefusedWithTheCommandThatRendersIt(String line) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ManifestAdvice().manifest("orders.yaml", "kind: Pod\n" + line))
			.withMessageContaining("orders.yaml is a Helm template")
			.withMessageContaining("helm template");
	}

	@Test
	void anApplicationThatIsToldNothingAssumesAHook() {
		String manifest = GOOD.replace(VARIABLE, "- {name: SOMETHING, value: else}");
		assertThat(findingsWithoutProperties(manifest)).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo(Rule.GRACE_PERIOD);
			assertThat(finding.problem()).contains("it assumes 30 s, of which a preStop hook takes 10 s");
		});
		assertThat(findingsWithoutProperties(
				manifest.replace(HOOK, "lifecycle: {preStop: {exec: {command: [sleep, \"10\"]}}}")))
			.extracting(Finding::rule)
			.containsExactlyInAnyOrder(Rule.GRACE_PERIOD, Rule.PRE_STOP_DELAY);
		assertThat(findingsWithoutProperties(manifest.replace("- {name: SOMETHING, value: else}",
				"- {name: POD_LIFECYCLE_SHUTDOWN_PROPAGATION_MAX, value: 15s}")))
			.extracting(Finding::rule)
			.containsExactlyInAnyOrder(Rule.GRACE_PERIOD, Rule.BUDGET);
	}

	private static List<Finding> findingsWithoutProperties(String manifest) {
		return new ManifestAdvice().manifest("orders.yaml", manifest).findings();
	}

	@Test
	void aPortOfItsOwnIsWhereManagementIs() throws IOException {
		String apart = GOOD.replace(VARIABLE, VARIABLE + "\n        - {name: SPRING_PROFILES_ACTIVE, value: apart}");
		assertThat(findings(apart)).extracting(Finding::rule)
			.containsExactly(Rule.PROBE_PORT, Rule.PROBE_PORT, Rule.PROBE_PORT);
		assertThat(findings(apart.replace("port: 8080}\n        live", "port: 9090}\n        live")
			.replace("port: http", "port: 9090"))).isEmpty();
	}

	@Test
	void whatAProfileSaysHoldsInIt() throws IOException {
		String worker = GOOD.replace(VARIABLE, VARIABLE + "\n        - {name: SPRING_PROFILES_ACTIVE, value: worker}")
			.replace("readinessProbe:\n          httpGet: {path: /actuator/health/readiness, port: 8080}", "tty: false")
			.replace("failureThreshold: 60", "failureThreshold: 6");
		assertThat(findings(worker)).isEmpty();
	}

	@Test
	void whatComesFromElsewhereIsNotHeldAgainstAnything() throws IOException {
		String manifest = GOOD.replace("value: \"30\"",
				"valueFrom: {fieldRef: {fieldPath: \"metadata.annotations['grace']\"}}");
		assertThat(findings(manifest.replace("Seconds: 30", "Seconds: 50"))).isEmpty();
	}

	@Test
	void membersOfListsAreNamedByTheirOwnFields() throws IOException {
		String pod = """
				{"kind": "List", "items": [
				  {"kind": "ConfigMap", "metadata": {"name": "other"}},
				  {"kind": "Pod", "metadata": {"name": "orders", "annotations":
				    {"kubectl.kubernetes.io/default-container": "orders"}},
				   "spec": {"terminationGracePeriodSeconds": 45, "containers": [{"name": "sidecar"}, {"name": "orders"}]}}]}
				""";
		assertThat(findings(pod)).singleElement().satisfies((finding) -> {
			assertThat(finding.resource()).isEqualTo("orders.yaml: Pod orders");
			assertThat(finding.field()).isEqualTo("spec.containers[1].readinessProbe");
			assertThat(finding.fix()).isEqualTo("ask /actuator/health/readiness on port 8080");
		});
	}

	@Test
	void theContainerCanBeNamed() throws IOException {
		ManifestAdvice advice = new ManifestAdvice().container("other").manifest("orders.yaml", GOOD);
		assertThat(advice.resources()).isEmpty();
		assertThat(advice.findings()).isEmpty();
	}

	@Test
	void propertiesAreReadFromTheJarAndFilesWinOverIt() throws IOException {
		Path jar = this.directory.resolve("app.jar");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
			write(zip, "BOOT-INF/classes/application.yml", "pod-lifecycle.shutdown.grace-period: 40s");
			write(zip, "BOOT-INF/classes/application-prod.properties", "server.port=9000\n");
			write(zip, "BOOT-INF/lib/other.txt", ":");
		}
		String manifest = GOOD.replace(VARIABLE, "- {name: SPRING_PROFILES_ACTIVE, value: prod}");
		ManifestAdvice advice = new ManifestAdvice().jar(jar).manifest("orders.yaml", manifest);
		assertThat(advice.findings()).extracting(Finding::rule)
			.containsExactly(Rule.GRACE_PERIOD, Rule.PROBE_PORT, Rule.PROBE_PORT, Rule.PROBE_PORT);
		Path file = Files.writeString(this.directory.resolve("application.properties"),
				"#---\npodLifecycle.shutdown.gracePeriod=PT30S\n");
		assertThat(advice.config(file).findings()).extracting(Finding::rule)
			.containsExactly(Rule.PROBE_PORT, Rule.PROBE_PORT, Rule.PROBE_PORT);
	}

	private static void write(ZipOutputStream zip, String name, String text) throws IOException {
		zip.putNextEntry(new ZipEntry(name));
		zip.write(text.getBytes(StandardCharsets.UTF_8));
		zip.closeEntry();
	}

	@ParameterizedTest
	@ValueSource(strings = { "kind: Pod\n  : :", "kind: Pod\nkind: Pod" })
	void whatIsNoYamlIsRefusedWithItsPlace(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ManifestAdvice().manifest("orders.yaml", text))
			.withMessageContaining("orders.yaml cannot be read as YAML")
			.withMessageContaining("line 2");
	}

	@Test
	void aFieldOrAPropertyOfNoUseIsRefusedWithItsPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> findings(GOOD.replace("Seconds: 30", "Seconds: soon")))
			.withMessage("orders.yaml: Deployment orders: spec.template.spec.terminationGracePeriodSeconds must be a "
					+ "whole number, but is soon");
		assertThatIllegalArgumentException().isThrownBy(() -> findings(GOOD.replace("value: \"30\"", "value: soon")))
			.withMessageContaining("pod-lifecycle.shutdown.grace-period must be a duration");
	}

}

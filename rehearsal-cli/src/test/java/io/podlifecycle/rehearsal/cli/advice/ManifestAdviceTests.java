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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ManifestAdviceTests {

	private static final String CONTAINER = "spec.template.spec.containers[0].";

	private static final String GOOD = """
			apiVersion: v1
			kind: Service
			metadata:
			  name: orders
			---
			apiVersion: apps/v1
			kind: Deployment
			metadata:
			  name: orders
			spec:
			  template:
			    spec:
			      terminationGracePeriodSeconds: 30
			      containers:
			      - name: orders
			        image: orders:1
			        ports:
			        - {name: http, containerPort: 8080}
			        - {name: debug, containerPort: 5005}
			        startupProbe:
			          httpGet: {path: /actuator/health/liveness, port: http}
			          periodSeconds: 5
			          failureThreshold: 60
			        readinessProbe:
			          httpGet: {path: /actuator/health/readiness, port: 8080}
			        livenessProbe:
			          httpGet: {path: /actuator/health/liveness, port: http}
			          periodSeconds: 10
			        lifecycle: {}
			        env:
			        - name: POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD
			          value: "30"
			""";

	private static final String PROPERTIES = """
			pod-lifecycle:
			  startup:
			    timeout: 2m
			    dependencies:
			      db: tcp://db:5432
			  shutdown:
			    grace-period: 45
			management:
			  endpoint.prestop.access: read-only
			  endpoints.web.exposure.include: [health, prestop]
			---
			spring.config.activate.on-profile: worker
			spring.main.web-application-type: none
			pod-lifecycle.startup.enabled: false
			---
			spring.config.activate.on-profile: apart
			management.server.port: ${MANAGEMENT:9090}
			""";

	private static final String HOOK = "lifecycle: {}";

	private static final String VARIABLE = "- name: POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD\n          value: \"30\"";

	@TempDir
	private Path directory = Path.of(".");

	@Test
	void aManifestThatFitsHasNoFindings() throws IOException {
		assertThat(findings(GOOD)).isEmpty();
	}

	static Stream<Arguments> badOnes() {
		return Stream.of(
				bad(Rule.GRACE_PERIOD, "spec.template.spec.terminationGracePeriodSeconds",
						"terminationGracePeriodSeconds: 30", "terminationGracePeriodSeconds: 20"),
				bad(Rule.GRACE_PERIOD, "spec.template.spec.terminationGracePeriodSeconds",
						"terminationGracePeriodSeconds: 30", "terminationGracePeriodSeconds: 60"),
				bad(Rule.GRACE_PERIOD, "spec.template.spec.terminationGracePeriodSeconds", VARIABLE,
						"- {name: SOMETHING, value: else}"),
				bad(Rule.BUDGET, "spec.template.spec.terminationGracePeriodSeconds", VARIABLE,
						VARIABLE + "\n        - {name: POD_LIFECYCLE_SHUTDOWN_PROPAGATION_MAX, value: 25s}"),
				bad(Rule.PROBE_GRACE_PERIOD, CONTAINER + "livenessProbe.terminationGracePeriodSeconds",
						"periodSeconds: 10", "terminationGracePeriodSeconds: 5"),
				bad(Rule.PRE_STOP_DELAY, CONTAINER + "lifecycle.preStop.sleep.seconds", HOOK,
						"lifecycle: {preStop: {sleep: {seconds: 7}}}"),
				bad(Rule.PRE_STOP_DELAY, CONTAINER + "lifecycle.preStop.exec.command", HOOK,
						"lifecycle: {preStop: {exec: {command: [/bin/sleep, \"7\"]}}}"),
				bad(Rule.PRE_STOP_DELAY, CONTAINER + "lifecycle.preStop.exec.command", HOOK,
						"lifecycle: {preStop: {exec: {command: [sh, -c, sleep 7]}}}"),
				bad(Rule.PRE_STOP_DELAY, CONTAINER + "lifecycle.preStop", VARIABLE,
						VARIABLE + "\n        - {name: PODLIFECYCLE_SHUTDOWN_PRESTOPDELAY, value: 5s}"),
				bad(Rule.PRE_STOP_SLASH, CONTAINER + "lifecycle.preStop.httpGet.path", HOOK,
						"lifecycle: {preStop: {httpGet: {path: /actuator/prestop, port: http}}}"),
				bad(Rule.PRE_STOP_PORT, CONTAINER + "lifecycle.preStop.httpGet.port", HOOK,
						"lifecycle: {preStop: {httpGet: {path: actuator/prestop, port: debug}}}"),
				bad(Rule.PRE_STOP_ACCESS, CONTAINER + "lifecycle.preStop.httpGet", HOOK,
						"lifecycle: {preStop: {httpGet: {path: actuator/prestop, port: http}}}\n"
								+ "        args: [--management.endpoint.prestop.access=none]"),
				bad(Rule.POST_START_HTTP, CONTAINER + "lifecycle.postStart.httpGet", HOOK,
						"lifecycle: {postStart: {httpGet: {path: /warm-up, port: http}}}"),
				bad(Rule.READINESS_MISSING, CONTAINER + "readinessProbe",
						"readinessProbe:\n          httpGet: {path: /actuator/health/readiness, port: 8080}",
						"tty: false"),
				bad(Rule.READINESS_ASKS_LIVENESS, CONTAINER + "readinessProbe.httpGet.path",
						"/actuator/health/readiness", "/actuator/health/liveness"),
				bad(Rule.STARTUP_ASKS_READINESS, CONTAINER + "startupProbe.httpGet.path",
						"startupProbe:\n          httpGet: {path: /actuator/health/liveness",
						"startupProbe:\n          httpGet: {path: /actuator/health/readiness"),
				bad(Rule.LIVENESS_ASKS_READINESS, CONTAINER + "livenessProbe.httpGet.path",
						"livenessProbe:\n          httpGet: {path: /actuator/health/liveness",
						"livenessProbe:\n          httpGet: {path: /actuator/health/readiness/"),
				bad(Rule.PROBE_PATH, CONTAINER + "readinessProbe.httpGet.path", "/actuator/health/readiness",
						"/actuator/health"),
				bad(Rule.PROBE_PATH, CONTAINER + "readinessProbe.httpGet.path", "/actuator/health/readiness",
						"/readyz"),
				bad(Rule.PROBE_PORT, CONTAINER + "readinessProbe.httpGet.port", "port: 8080}\n        live",
						"port: 9090}\n        live"),
				bad(Rule.PROBE_PORT, CONTAINER + "readinessProbe.httpGet.port", "port: 8080}\n        live",
						"port: web}\n        live"),
				bad(Rule.TCP_SOCKET, CONTAINER + "readinessProbe.tcpSocket",
						"httpGet: {path: /actuator/health/readiness, port: 8080}", "tcpSocket: {port: 8080}"),
				bad(Rule.STARTUP_TIME, CONTAINER + "startupProbe.failureThreshold", "failureThreshold: 60",
						"failureThreshold: 24"),
				bad(Rule.SHELL_FORM, CONTAINER + "command", HOOK, "command: [/bin/sh, -c, java -jar app.jar]"),
				bad(Rule.SHELL_FORM, CONTAINER + "command", HOOK,
						"command: [bash, -ec]\n        args: [java $OPTIONS -jar app.jar]"),
				hook(Rule.PRE_STOP_DELAY, "[sh, -c, sleep 7 && echo bye > /proc/1/fd/1]"),
				hook(Rule.PRE_STOP_DELAY, "[sh, -c, 'echo \"bye; bye\"; exec sleep 0.1m']"),
				hook(Rule.PRE_STOP_DELAY, "[sh, -ec, 'sleep ${POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD}']"),
				hook(Rule.PRE_STOP_COMMAND, "[sleep 7]"), hook(Rule.PRE_STOP_COMMAND, "[sh -c 'sleep 7']"),
				hook(Rule.PRE_STOP_COMMAND, "[sh, -c, '\"sleep 7\"']"),
				hook(Rule.PRE_STOP_COMMAND, "[sh, -c, sleep, '7']"), hook(Rule.PRE_STOP_UNKNOWN, "[/app/bye.sh]"),
				hook(Rule.PRE_STOP_UNKNOWN, "[sh, /app/bye.sh]"), hook(Rule.PRE_STOP_UNKNOWN, "[sh, -c, sleep 7 &]"),
				hook(Rule.PRE_STOP_UNKNOWN, "[sh, -c, sleep $(cat /delay)]"),
				hook(Rule.PRE_STOP_UNKNOWN, "[sh, -c, 'echo \"']"),
				hook(Rule.PRE_STOP_UNKNOWN, "[curl, 'localhost:8080/bye']"),
				hook(Rule.PRE_STOP_SHUTDOWN, "[curl, -X, POST, 'http://localhost:8080/actuator/shutdown']"),
				hook(Rule.PRE_STOP_PORT, "[curl, -fsS, 'http://localhost:9090/actuator/prestop']"),
				bad(Rule.PRE_STOP_UNKNOWN, CONTAINER + "lifecycle.preStop", HOOK,
						"lifecycle: {preStop: {httpGet: {path: /bye, port: http}}}"),
				bad(Rule.PRE_STOP_SHUTDOWN, CONTAINER + "lifecycle.preStop", HOOK,
						"lifecycle: {preStop: {httpGet: {path: /actuator/shutdown, port: http}}}"),
				bad(Rule.STOP_SIGNAL, CONTAINER + "lifecycle.stopSignal", HOOK, "lifecycle: {stopSignal: SIGQUIT}"),
				bad(Rule.STOP_SIGNAL, CONTAINER + "lifecycle.stopSignal", HOOK, "lifecycle: {stopSignal: SIGTERM}"),
				bad(Rule.CONFIGURATION_UNKNOWN, CONTAINER + "envFrom[0]", HOOK,
						"envFrom: [{configMapRef: {name: elsewhere, optional: true}}]"),
				bad(Rule.CONFIGURATION_UNKNOWN, CONTAINER + "env[1].valueFrom", VARIABLE,
						VARIABLE + "\n        - {name: SPRING_APPLICATION_JSON, "
								+ "valueFrom: {secretKeyRef: {name: elsewhere, key: json}}}"),
				bad(Rule.CONFIGURATION_UNKNOWN, CONTAINER + "volumeMounts", VARIABLE,
						variable("SPRING_CONFIG_ADDITIONAL_LOCATION", "optional:file:/etc/elsewhere/")),
				bad(Rule.CONFIGURATION_UNKNOWN, CONTAINER + "volumeMounts", HOOK,
						"args: ['--spring.config.import=optional:configserver:http://config']"),
				bad(Rule.TERMINATION_MESSAGE, CONTAINER + "terminationMessagePath", HOOK,
						"terminationMessagePath: /tmp/words"),
				bad(Rule.RESTART_RULES, CONTAINER + "restartPolicyRules", HOOK, "restartPolicy: Never"),
				bad(Rule.RESTART_RULES, CONTAINER + "restartPolicyRules", HOOK,
						"restartPolicy: Never\n        restartPolicyRules: [" + rule("Restart", "In", "[69, 143]")
								+ "]"),
				bad(Rule.RESTART_RULES, CONTAINER + "restartPolicyRules", HOOK,
						"restartPolicy: Never\n        restartPolicyRules: [" + rule("Restart", "NotIn", "[0, 69]")
								+ "]"),
				Arguments.of(Rule.POD_FAILURE_POLICY, "spec.podFailurePolicy.rules[0]",
						job(failure("FailJob", "NotIn", "[0]"))),
				Arguments.of(Rule.POD_FAILURE_POLICY, "spec.podFailurePolicy.rules[1]",
						job("{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}, "
								+ failure("FailJob", "In", "[69, 70]"))),
				Arguments.of(Rule.RESTART_PERIOD, "KubeletConfiguration: crashLoopBackOff.maxContainerRestartPeriod",
						GOOD.replace(VARIABLE, variable("POD_LIFECYCLE_STARTUP_TIMEOUT", "20s")) + KUBELET),
				Arguments.of(Rule.STARTUP_MISSING, CONTAINER + "startupProbe",
						GOOD.replace(STARTUP, "")
							.replace("livenessProbe:\n          httpGet: {path: /actuator/health/liveness, port: http}",
									"livenessProbe:\n          grpc: {port: 9090}")),
				bad(Rule.STARTUP_MISSING, CONTAINER + "startupProbe", STARTUP,
						"args: [--pod-lifecycle.startup.early-probes.enabled=false]\n        "),
				bad(Rule.STARTUP_TIME, CONTAINER + "startupProbe.failureThreshold",
						"httpGet: {path: /actuator/health/liveness, port: http}\n          periodSeconds: 5\n          "
								+ "failureThreshold: 60",
						"grpc: {port: 9090}\n          periodSeconds: 5\n          failureThreshold: 30"),
				bad(Rule.SIDECAR_PRE_STOP, "spec.template.spec.initContainers[0].lifecycle.preStop",
						"      containers:",
						"      initContainers:\n      - {name: mesh, restartPolicy: Always, "
								+ "lifecycle: {preStop: {exec: {command: [drain]}}}}\n      containers:"),
				bad(Rule.SIDECAR_ORDER, "spec.template.spec.containers[1]", VARIABLE,
						VARIABLE + "\n      - {name: sql, image: 'cloud-sql-proxy:2'}"),
				bad(Rule.ROLLOUT_UNAVAILABLE, "spec.strategy.type", TEMPLATE,
						"spec:\n  strategy: {type: Recreate}\n  template:\n"),
				bad(Rule.ROLLOUT_UNAVAILABLE, "spec.strategy.rollingUpdate.maxUnavailable", TEMPLATE,
						"spec:\n  strategy: {rollingUpdate: {maxUnavailable: 1}}\n  template:\n"),
				bad(Rule.ROLLOUT_UNAVAILABLE, "spec.strategy.rollingUpdate.maxUnavailable", TEMPLATE,
						"spec:\n  strategy: {rollingUpdate: {maxUnavailable: 100%}}\n  template:\n"),
				bad(Rule.PROGRESS_DEADLINE, "spec.progressDeadlineSeconds", TEMPLATE,
						"spec:\n  progressDeadlineSeconds: 140\n  minReadySeconds: 20\n  template:\n"),
				bad(Rule.DISRUPTION_BUDGET_MISSING, "spec.replicas", TEMPLATE, "spec:\n  replicas: 2\n  template:\n"),
				Arguments.of(Rule.DISRUPTION_BUDGET, "PodDisruptionBudget orders: spec.minAvailable",
						replicas(1) + budget("minAvailable: 1")),
				Arguments.of(Rule.DISRUPTION_BUDGET, "PodDisruptionBudget orders: spec.minAvailable",
						replicas(3) + budget("minAvailable: 90%")),
				Arguments.of(Rule.DISRUPTION_BUDGET, "PodDisruptionBudget orders: spec.maxUnavailable",
						replicas(3) + budget("maxUnavailable: 0")),
				Arguments.of(Rule.AUTOSCALER_REPLICAS, "spec.replicas",
						replicas(4) + budget("maxUnavailable: 1") + autoscaler("minReplicas: 4")),
				Arguments.of(Rule.MIN_READY_SECONDS, "spec.minReadySeconds",
						GOOD + autoscaler("metrics: [{type: Resource, resource: {name: cpu}}]")),
				Arguments.of(Rule.TOPOLOGY_REPLICAS, "Service orders: spec.trafficDistribution",
						replicas(3) + budget("maxUnavailable: 1") + service("trafficDistribution: PreferSameZone")));
	}

	private static final String TEMPLATE = "spec:\n  template:\n";

	private static final String STARTUP = "startupProbe:\n          httpGet: {path: /actuator/health/liveness, port: http}"
			+ "\n          periodSeconds: 5\n          failureThreshold: 60\n        ";

	private static final String KUBELET = """
			---
			kind: KubeletConfiguration
			crashLoopBackOff: {maxContainerRestartPeriod: 2.5s}
			""";

	private static String rule(String action, String operator, String values) {
		return "{action: " + action + ", exitCodes: {operator: " + operator + ", values: " + values + "}}";
	}

	private static String job(String rules) {
		return GOOD.replace("kind: Deployment", "kind: Job")
			.replace(TEMPLATE, "spec:\n  podFailurePolicy: {rules: [" + rules + "]}\n  template:\n");
	}

	private static String failure(String action, String operator, String values) {
		return "{action: " + action + ", onExitCodes: {operator: " + operator + ", values: " + values + "}}";
	}

	private static String replicas(int replicas) {
		return GOOD.replace("spec:\n  template:\n",
				"spec:\n  replicas: " + replicas + "\n  template:\n    metadata: {labels: {app: orders}}\n");
	}

	private static String budget(String spec) {
		return "---\nkind: PodDisruptionBudget\nmetadata: {name: orders}\nspec: {" + spec
				+ ", selector: {matchLabels: {app: orders}, matchExpressions: [{key: canary, operator: DoesNotExist}]}}\n";
	}

	private static String autoscaler(String spec) {
		return "---\nkind: HorizontalPodAutoscaler\nmetadata: {name: orders}\nspec: {" + spec
				+ ", scaleTargetRef: {kind: Deployment, name: orders}}\n";
	}

	private static String service(String spec) {
		return "---\nkind: Service\nmetadata: {name: orders}\nspec: {" + spec + ", selector: {app: orders}}\n";
	}

	private static Arguments hook(Rule rule, String command) {
		return bad(rule, CONTAINER + "lifecycle.preStop.exec.command", HOOK,
				"lifecycle: {preStop: {exec: {command: " + command + "}}}");
	}

	private static String variable(String name, String value) {
		return VARIABLE + "\n        - {name: " + name + ", value: '" + value + "'}";
	}

	private static Arguments bad(Rule rule, String field, String part, String replacement) {
		assertThat(GOOD).containsOnlyOnce(part);
		return Arguments.of(rule, field, GOOD.replace(part, replacement));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("badOnes")
	void aManifestThatDoesNotFitHasItsFindingAndNoOther(Rule rule, String field, String manifest) throws IOException {
		assertThat(findings(manifest)).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo(rule);
			assertThat(finding.field()).isEqualTo(field);
			assertThat(finding.resource()).matches("orders.yaml: (Deployment|Job) orders");
			assertThat(finding.problem()).endsWith(".");
			assertThat(finding.fix()).isNotBlank();
		});
	}

	@Test
	void everyRuleHasABadManifest() {
		assertThat(badOnes().map((arguments) -> arguments.get()[0])).contains((Object[]) Rule.values());
	}

	@ParameterizedTest
	@CsvSource({ "'  name: orders\nspec:', '  annotations: {%s}'", "'    spec:', '    metadata: {annotations: {%s}}'" })
	void anAnnotationOfTheResourceOrOfItsPodsAcceptsAFinding(String next, String lines) throws IOException {
		String bad = GOOD.replace(HOOK, "lifecycle: {preStop: {exec: {command: [/app/bye.sh]}}}");
		String annotation = lines.formatted("accept.podlifecycle.io/pre-stop-unknown: It only writes a line.");
		assertThat(findings(bad)).extracting(Finding::isAccepted).containsExactly(false);
		assertThat(findings(bad.replace(next, annotation + "\n" + next))).singleElement().satisfies((finding) -> {
			assertThat(finding.rule()).isEqualTo(Rule.PRE_STOP_UNKNOWN);
			assertThat(finding.acceptance()).isEqualTo("It only writes a line.");
		});
	}

	@ParameterizedTest
	@CsvSource({ "pre-stop-unknown: It only writes a line., pre-stop-unknown is accepted",
			"prestop: It only writes a line., There is no rule 'prestop'",
			"pre-stop-unknown: '', pre-stop-unknown cannot be accepted without a reason" })
	void anAnnotationThatAcceptsNothingIsRefused(String annotation, String message) {
		String manifest = GOOD.replace("Deployment\nmetadata:",
				"Deployment\nmetadata:\n  annotations: {accept.podlifecycle.io/" + annotation + "}");
		assertThatIllegalArgumentException().isThrownBy(() -> findings(manifest))
			.withMessageStartingWith("orders.yaml: Deployment orders: " + message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "lifecycle: {preStop: {httpGet: {path: actuator/prestop, port: http}}}",
			"lifecycle: {preStop: {exec: {command: [sh, -c, 'echo bye; true']}}}",
			"lifecycle: {preStop: {exec: {command: [curl, 'localhost:8080/actuator/prestop']}}}",
			"restartPolicy: OnFailure", "restartPolicy: Always",
			"restartPolicy: Never\n        restartPolicyRules: [{action: Restart, exitCodes: {operator: NotIn, values: [0]}}]",
			"command: [sh, -c, cd /app && exec java -jar app.jar]", "command: [java, -jar, app.jar]",
			"args: [--verbose]" })
	void whatIsInOrderHasNoFinding(String lines) throws IOException {
		assertThat(findings(GOOD.replace(HOOK, lines))).isEmpty();
	}

	static Stream<String> otherResourcesInOrder() {
		String disruptions = "{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}";
		return Stream.of(
				GOOD.replace(HOOK, "lifecycle: {stopSignal: SIGTERM}")
					.replace("      containers:", "      os: {name: linux}\n      containers:"),
				job(disruptions + ", " + failure("Count", "In", "[69]") + ", " + failure("FailJob", "NotIn", "[0]")),
				job(failure("FailJob", "In", "[1]")),
				job("{action: FailJob, onExitCodes: {containerName: other, operator: NotIn, values: [0]}}"),
				GOOD + KUBELET, replicas(3) + budget("minAvailable: 2"), replicas(3) + budget("minAvailable: 50%"),
				replicas(3) + budget("maxUnavailable: 1%"), replicas(1) + budget("maxUnavailable: 1"),
				replicas(1) + budget("minAvailable: 1").replace("app: orders", "app: other"),
				replicas(1) + budget("minAvailable: 1").replace("DoesNotExist", "Exists"),
				replicas(1) + budget("minAvailable: 1").replace("name: orders", "name: orders, namespace: other"),
				replicas(4) + budget("maxUnavailable: 1") + service("trafficDistribution: PreferSameZone"),
				replicas(3) + budget("maxUnavailable: 1") + service("clusterIP: None"),
				GOOD + autoscaler("metrics: [{type: Pods, pods: {metric: {name: requests}}}]"),
				GOOD.replace(TEMPLATE, "spec:\n  minReadySeconds: 30\n  template:\n")
						+ autoscaler("targetCPUUtilizationPercentage: 60"),
				GOOD.replace("      containers:",
						"      initContainers:\n      - {name: mesh-proxy, restartPolicy: Always, "
								+ "lifecycle: {preStop: {sleep: {seconds: 2}}}}\n      containers:"),
				GOOD.replace(VARIABLE, VARIABLE + "\n      - {name: log, image: 'fluent-bit:4'}"));
	}

	@ParameterizedTest
	@MethodSource
	void otherResourcesInOrder(String manifest) throws IOException {
		assertThat(findings(manifest)).isEmpty();
	}

	@Test
	void anApplicationThatIsASidecarIsNamed() throws IOException {
		String manifest = """
				kind: Pod
				metadata: {name: batch}
				spec:
				  containers: [{name: batch}]
				  initContainers:
				  - name: orders
				    restartPolicy: Always
				""";
		Path file = Files.writeString(this.directory.resolve("application.yml"),
				"pod-lifecycle.shutdown.grace-period: 30");
		assertThat(new ManifestAdvice().config(file).container("orders").manifest("pod.yaml", manifest).findings())
			.extracting(Finding::field)
			.containsExactly("spec.initContainers[0].readinessProbe");
	}

	@Test
	void aHookThatSleepsAndAnApplicationThatKnowsFit() throws IOException {
		String manifest = GOOD.replace(HOOK, "lifecycle: {preStop: {sleep: {seconds: 5}}}")
			.replace(VARIABLE, VARIABLE + "\n        - {name: POD_LIFECYCLE_SHUTDOWN_PRE_STOP_DELAY, value: 5s}");
		assertThat(findings(manifest)).isEmpty();
	}

	@Test
	void aHookThatCannotBeToldFitsWhereTheApplicationKnowsItsTime() throws IOException {
		String manifest = GOOD.replace(HOOK, "lifecycle: {preStop: {exec: {command: [/app/bye.sh]}}}")
			.replace(VARIABLE, variable("POD_LIFECYCLE_SHUTDOWN_PRE_STOP_DELAY", "5s"));
		assertThat(findings(manifest)).isEmpty();
	}

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

	private static String configMap(String kind, String data) {
		return "---\nkind: " + kind + "\nmetadata: {name: config}\n" + data + "\n";
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
	@ValueSource(strings = { "fortune.yaml", "fortune-client.yaml" })
	void theManifestsOfThisProjectHaveNoFindings(String name) throws IOException {
		Path file = Path.of("../k8s/base").resolve(name);
		ManifestAdvice advice = new ManifestAdvice().config(Path.of("../sample-app/src/main/resources/application.yml"))
			.manifest(name, Files.readString(file));
		assertThat(advice.resources()).hasSize(1);
		assertThat(advice.findings()).isEmpty();
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

	private List<Finding> findings(String manifest) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"), PROPERTIES);
		return new ManifestAdvice().config(file).manifest("orders.yaml", manifest).findings();
	}

}

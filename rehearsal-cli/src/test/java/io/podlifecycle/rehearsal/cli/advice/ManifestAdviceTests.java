package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The rules: each has a manifest that it is for, and manifests that it is not for.
 */
class ManifestAdviceTests extends OrdersAdvice {

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

	@ParameterizedTest
	@ValueSource(strings = { "fortune.yaml", "fortune-client.yaml" })
	void theManifestsOfThisProjectHaveNoFindings(String name) throws IOException {
		Path file = Path.of("../k8s/base").resolve(name);
		ManifestAdvice advice = new ManifestAdvice().config(Path.of("../sample-app/src/main/resources/application.yml"))
			.manifest(name, Files.readString(file));
		assertThat(advice.resources()).hasSize(1);
		assertThat(advice.findings()).isEmpty();
	}

}

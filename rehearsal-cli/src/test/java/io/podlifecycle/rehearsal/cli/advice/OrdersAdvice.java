package io.podlifecycle.rehearsal.cli.advice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;

/**
 * Advice on the manifest of an application that fits, and on changes of it.
 */
abstract class OrdersAdvice {

	static final String CONTAINER = "spec.template.spec.containers[0].";

	static final String GOOD = """
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

	static final String PROPERTIES = """
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

	static final String HOOK = "lifecycle: {}";

	static final String VARIABLE = "- name: POD_LIFECYCLE_SHUTDOWN_GRACE_PERIOD\n          value: \"30\"";

	@TempDir
	Path directory = Path.of(".");

	static String variable(String name, String value) {
		return VARIABLE + "\n        - {name: " + name + ", value: '" + value + "'}";
	}

	static String configMap(String kind, String data) {
		return "---\nkind: " + kind + "\nmetadata: {name: config}\n" + data + "\n";
	}

	List<Finding> findings(String manifest) throws IOException {
		Path file = Files.writeString(this.directory.resolve("application.yml"), PROPERTIES);
		return new ManifestAdvice().config(file).manifest("orders.yaml", manifest).findings();
	}

}

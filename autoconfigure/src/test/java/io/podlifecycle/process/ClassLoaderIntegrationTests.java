package io.podlifecycle.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.podlifecycle.rehearsal.process.AppProcess;
import io.podlifecycle.rehearsal.process.LogLine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What keeps the class loader of an application when it is over, and the JVM lives on.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClassLoaderIntegrationTests {

	@Test
	@Tag("full")
	void theClassLoaderOfAnApplicationThatIsOverCanBeCollected() {
		try (AppProcess process = Service.onKubernetes()
			.mainClass(ClassLoaderLives.class.getName(),
					ClassPath.without(
							"jetty|reactor-netty|webflux|micrometer-core|micrometer-registry|spring-boot-micrometer|"
									+ ClassPath.CLIENTS))
			.jvmOption(Service.JVM_OPTIONS)
			// Nothing is kept because it might be of use.
			.jvmOption("-XX:SoftRefLRUPolicyMSPerMB=0")
			.argument("--spring.main.banner-mode=off", "--pod-lifecycle.startup.early-probes.enabled=false")
			.start()) {
			assertThat(process.awaitExit(Duration.ofMinutes(2))).isZero();
			assertThat(process.log().stream().map(LogLine::text).collect(Collectors.joining("\n"))).contains(
					"CLOSED: the class loader was collected", "FAILED_BEFORE_REFRESH: the class loader was collected",
					"FAILED_IN_REFRESH: the class loader was collected",
					"TWO_APPLICATIONS: the class loader was collected",
					// Or else this test would notice nothing.
					"SUPERVISOR_NOT_REMOVED: the class loader was kept");
		}
	}

}

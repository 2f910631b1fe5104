package io.podlifecycle.work;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TrafficRuleTests {

	private final TrafficRule rule = new TrafficRule(List.of("/actuator", "/livez", "/ping/"), List.of("monit/"),
			"/actuator/prestop");

	@ParameterizedTest
	@CsvSource({ "/, curl/8", "/actuators, curl/8", "/livezz, ", "/api/actuator, curl/8", "/, my-kube-probe/1",
			"/ping, curl/8" })
	void requestsOfClientsCount(String path, String userAgent) {
		assertThat(this.rule.counts(path, userAgent)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "/actuator, curl/8", "/actuator/health, ", "/livez, curl/8", "/ping/x, curl/8", "/, kube-probe/1.33",
			"/, ELB-HealthChecker/2.0", "/, GoogleHC/1.0", "/, monit/5.33" })
	void healthChecksDoNot(String path, String userAgent) {
		assertThat(this.rule.counts(path, userAgent)).isFalse();
	}

	@Test
	void thePreStopHookIsKnownByItsPath() {
		assertThat(this.rule.isPreStop("/actuator/prestop")).isTrue();
		assertThat(this.rule.isPreStop("/actuator/prestop/x")).isFalse();
	}

}

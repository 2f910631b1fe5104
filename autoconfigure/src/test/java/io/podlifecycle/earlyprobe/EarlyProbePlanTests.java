package io.podlifecycle.earlyprobe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;

import io.podlifecycle.earlyprobe.EarlyProbePlan.Room;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class EarlyProbePlanTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void isOnKubernetesUnlessSaidOtherwise() {
		assertThat(EarlyProbePlan.isEnabled(null, this.environment)).isFalse();
		assertThat(EarlyProbePlan.isEnabled(true, this.environment)).isTrue();
		this.environment.setProperty("spring.main.cloud-platform", "kubernetes");
		assertThat(EarlyProbePlan.isEnabled(null, this.environment)).isTrue();
		assertThat(EarlyProbePlan.isEnabled(false, this.environment)).isFalse();
	}

	@Test
	void isOnTheMainPortByDefault() {
		assertThat(onlyRoom().settings().address()).isEqualTo(new InetSocketAddress(8080));
		assertThat(onlyRoom().settings().livenessPaths()).containsExactly("/actuator/health/liveness");
		assertThat(onlyRoom().settings().readinessPaths()).containsExactly("/actuator/health/readiness");
		assertThat(onlyRoom().settings().showDetails()).isFalse();
		assertThat(onlyRoom().phaseOfServer()).isEqualTo(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
	}

	@Test
	void knowsAllWaysToMoveThePaths() {
		this.environment.setProperty("server.servlet.context-path", "/app");
		this.environment.setProperty("spring.mvc.servlet.path", "/mvc");
		this.environment.setProperty("management.endpoints.web.base-path", "/manage");
		this.environment.setProperty("management.endpoints.web.path-mapping.health", "well");
		this.environment.setProperty("management.endpoint.health.probes.add-additional-paths", "true");
		assertThat(onlyRoom().settings().livenessPaths()).containsExactlyInAnyOrder("/app/mvc/manage/well/liveness",
				"/app/mvc/livez");
	}

	@Test
	void isOnTheManagementPortAndOnTheMainPortForAdditionalPaths() {
		this.environment.setProperty("management.server.port", "9090");
		this.environment.setProperty("server.servlet.context-path", "/app");
		assertThat(onlyRoom().settings().address().getPort()).isEqualTo(9090);
		assertThat(onlyRoom().settings().livenessPaths()).containsExactly("/actuator/health/liveness");
		assertThat(onlyRoom().phaseOfServer()).isEqualTo(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 512);
		this.environment.setProperty("management.endpoint.health.probes.add-additional-paths", "true");
		assertThat(plan().rooms()).map(Room::settings)
			.map(EarlyProbeServerSettings::address)
			.map(InetSocketAddress::getPort)
			.containsExactly(9090, 8080);
	}

	@ParameterizedTest
	@ValueSource(strings = { "liveness", "readiness" })
	void aGroupMayHaveAPathOfItsOwnOnTheMainPort(String group) {
		this.environment.setProperty("management.endpoint.health.group." + group + ".additional-path", "server:/own");
		this.environment.setProperty("server.servlet.context-path", "/app");
		assertThat(paths(onlyRoom(), group)).containsExactlyInAnyOrder("/app/actuator/health/" + group, "/app/own");
		// It takes the place of the one that Boot would add.
		this.environment.setProperty("management.endpoint.health.probes.add-additional-paths", "true");
		assertThat(paths(onlyRoom(), group)).containsExactlyInAnyOrder("/app/actuator/health/" + group, "/app/own");
		this.environment.setProperty("management.endpoint.health.probes.add-additional-paths", "false");
		this.environment.setProperty("management.server.port", "9090");
		assertThat(plan().rooms()).hasSize(2);
		assertThat(paths(plan().rooms().get(0), group)).containsExactly("/actuator/health/" + group);
		assertThat(plan().rooms().get(1).settings().address().getPort()).isEqualTo(8080);
		assertThat(paths(plan().rooms().get(1), group)).containsExactly("/app/own");
	}

	@ParameterizedTest
	@ValueSource(strings = { "liveness", "readiness" })
	void aGroupMayHaveAPathOfItsOwnOnAManagementPortOfItsOwn(String group) {
		this.environment.setProperty("management.endpoint.health.group." + group + ".additional-path",
				"management:own");
		assertThat(paths(onlyRoom(), group)).containsExactly("/actuator/health/" + group);
		this.environment.setProperty("management.server.port", "9090");
		this.environment.setProperty("management.server.base-path", "/manage");
		assertThat(paths(onlyRoom(), group)).containsExactlyInAnyOrder("/manage/actuator/health/" + group,
				"/manage/own");
	}

	private static Set<String> paths(Room room, String group) {
		return group.equals("liveness") ? room.settings().livenessPaths() : room.settings().readinessPaths();
	}

	@Test
	void bindsToTheAddressOfTheServer() {
		this.environment.setProperty("server.address", "127.0.0.1");
		assertThat(onlyRoom().settings().address())
			.isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
	}

	@Test
	void aRandomPortHasNone() {
		this.environment.setProperty("server.port", "0");
		assertThat(plan().rooms()).isEmpty();
	}

	@Test
	void aDisabledManagementServerHasNone() {
		this.environment.setProperty("management.server.port", "-1");
		assertThat(plan().rooms()).isEmpty();
	}

	@Test
	void aPortWithTlsHasNone() {
		this.environment.setProperty("server.ssl.bundle", "web");
		assertThat(plan().rooms()).isEmpty();
		this.environment.setProperty("server.ssl.enabled", "false");
		assertThat(plan().rooms()).hasSize(1);
	}

	@Test
	void showsDetailsWhereTheGroupOrTheEndpointDoes() {
		this.environment.setProperty("management.endpoint.health.show-details", "when-authorized");
		assertThat(onlyRoom().settings().showDetails()).isFalse();
		this.environment.setProperty("management.endpoint.health.show-details", "always");
		assertThat(onlyRoom().settings().showDetails()).isTrue();
		this.environment.setProperty("management.endpoint.health.group.readiness.show-details", "never");
		assertThat(onlyRoom().settings().showDetails()).isFalse();
	}

	private Room onlyRoom() {
		assertThat(plan().rooms()).hasSize(1);
		return plan().rooms().get(0);
	}

	private EarlyProbePlan plan() {
		return new EarlyProbePlan(this.environment, Duration.ofMinutes(10));
	}

}

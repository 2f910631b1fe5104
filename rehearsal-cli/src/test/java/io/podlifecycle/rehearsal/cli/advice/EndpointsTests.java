package io.podlifecycle.rehearsal.cli.advice;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.podlifecycle.rehearsal.cli.advice.Endpoints.Endpoint;
import io.podlifecycle.rehearsal.cli.advice.Endpoints.Group;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointsTests {

	private final Map<String, String> properties = new HashMap<>(
			Map.of("server.servlet.context-path", "/app", "management.server.base-path", "/manage"));

	@ParameterizedTest
	@EnumSource
	void aGroupMayHaveAPathOfItsOwnOnTheMainPort(Group group) {
		set(group, "server:/own");
		assertThat(endpoints().at("/app/own")).contains(new Endpoint(group, "/app/own", 8080));
		this.properties.put("spring.mvc.servlet.path", "/mvc");
		this.properties.put("management.server.port", "9090");
		assertThat(endpoints().at("/app/mvc/own")).contains(new Endpoint(group, "/app/mvc/own", 8080));
	}

	@ParameterizedTest
	@EnumSource
	void aGroupMayHaveAPathOfItsOwnOnAManagementPortOfItsOwn(Group group) {
		set(group, "management:own");
		assertThat(endpoints().at("/app/own")).isEmpty();
		this.properties.put("management.server.port", "9090");
		assertThat(endpoints().at("/manage/own")).contains(new Endpoint(group, "/manage/own", 9090));
	}

	@ParameterizedTest
	@EnumSource
	void itTakesThePlaceOfTheOneThatBootAdds(Group group) {
		this.properties.put("management.endpoint.health.probes.add-additional-paths", "true");
		String boots = (group == Group.LIVENESS) ? "/app/livez" : "/app/readyz";
		assertThat(endpoints().at(boots)).isPresent();
		set(group, "server:/own");
		assertThat(endpoints().at(boots)).isEmpty();
	}

	private void set(Group group, String path) {
		this.properties.put(
				"management.endpoint.health.group." + group.name().toLowerCase(Locale.ROOT) + ".additional-path", path);
	}

	private Endpoints endpoints() {
		return new Endpoints(new AppProperties(new ConfigFiles(), Map.of(), this.properties, List.of()));
	}

}

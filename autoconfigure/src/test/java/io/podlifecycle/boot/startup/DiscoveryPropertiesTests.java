package io.podlifecycle.boot.startup;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.boot.StartupProperties;
import io.podlifecycle.dependency.Dependency;
import io.podlifecycle.dependency.Probe;
import io.podlifecycle.dependency.ProbeFactory;
import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Probes;
import io.podlifecycle.dependency.WatchedDependency;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Dependencies that are discovered, left out, tuned and replaced.
 */
class DiscoveryPropertiesTests {

	private static final String PREFIX = "pod-lifecycle.startup.";

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final Map<String, ProbeRequest> requests = new LinkedHashMap<>();

	private ProbeResult answer = ProbeResult.answered();

	DiscoveryPropertiesTests() {
		set("spring.data.redis.host", "cache");
		set("spring.data.redis.password", "s3cret");
		set("spring.kafka.bootstrap-servers", "one:9092,two:9092");
	}

	@Test
	void discoveryIsOffUnlessAskedFor() {
		assertThat(settings().dependencies()).isEmpty();
	}

	@Test
	void whatIsDiscoveredIsWaitedForBesideWhatIsListed() {
		discover();
		set(PREFIX + "dependencies.fortune", "tcp://fortune:80");
		assertThat(settings().dependencies()).extracting(Dependency::toString)
			.containsExactly("fortune (tcp://fortune:80)", "redis (redis://cache:6379)",
					"kafka (kafka://one:9092,two:9092)");
		assertThat(request("redis").credentials().password()).isEqualTo("s3cret");
	}

	@Test
	void oneCanBeLeftOut() {
		discover();
		set(PREFIX + "discover-exclude", "redis");
		assertThat(settings().dependencies()).extracting(Dependency::name).containsExactly("kafka");
	}

	@Test
	void leavingOutWhatDoesNotExistIsAMistake() {
		discover();
		set(PREFIX + "discover-exclude", "redis,postgres");
		assertInvalid(PREFIX + "discover-exclude", "nothing is discovered under this name");
	}

	@Test
	void oneIsTunedByItsName() {
		discover();
		set(PREFIX + "dependencies.redis.timeout", "7s");
		set(PREFIX + "dependencies.redis.required", "false");
		set(PREFIX + "dependencies.redis.username", "probe");
		set(PREFIX + "dependencies.kafka.gate", "readiness");
		set(PREFIX + "dependencies.kafka.watch.failures", "9");
		set(PREFIX + "dependencies.kafka.options.client.dns.lookup", "use_all_dns_ips");
		set("spring.kafka.security.protocol", "PLAINTEXT");
		Dependency redis = settings().dependencies().get(0);
		assertThat(redis.name()).isEqualTo("redis");
		assertThat(redis.timeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(redis.required()).isFalse();
		assertThat(request("redis").credentials().username()).isEqualTo("probe");
		assertThat(request("redis").credentials().password()).isEqualTo("s3cret");
		WatchedDependency kafka = settings().watched().get(0);
		assertThat(kafka.failures()).isEqualTo(9);
		assertThat(request("kafka").options())
			.isEqualTo(Map.of("security.protocol", "PLAINTEXT", "client.dns.lookup", "use_all_dns_ips"));
	}

	@Test
	void oneIsReplacedByAUriOfItsName() {
		discover();
		set(PREFIX + "dependencies.redis", "redis://other");
		set("spring.data.redis.host", "not valid");
		assertThat(settings().dependencies()).extracting(Dependency::toString)
			.containsExactly("redis (redis://other)", "kafka (kafka://one:9092,two:9092)");
		assertThat(request("redis").credentials().password()).isNull();
	}

	@Test
	void tuningWhatIsNotThereIsNoMistake() {
		discover();
		set(PREFIX + "dependencies.datasource.timeout", "7s");
		set("spring.datasource.url", "jdbc:h2:mem:test");
		assertThat(settings().dependencies()).extracting(Dependency::name).containsExactly("redis", "kafka");
	}

	@Test
	void withoutDiscoveryAnEntryNeedsAUri() {
		set(PREFIX + "dependencies.redis.timeout", "7s");
		assertInvalid(PREFIX + "dependencies.redis", "it has no URI");
	}

	@Test
	void ofSeveralServersOneIsEnough() {
		discover();
		set("spring.data.redis.cluster.nodes", "one:1,two:2");
		assertThat(settings().dependencies().get(0)).hasToString("redis (redis://one:1,redis://two:2)");
	}

	@Test
	void aSecretInAUrlIsNotShown() {
		discover();
		set("spring.data.redis.url", "redis://u:s3cret@cache");
		assertThat(settings().dependencies().get(0)).hasToString("redis (redis://***@cache)");
		set("spring.data.redis.url", "redis://u:s3cret@");
		assertInvalid("spring.data.redis.url", "it has no valid host");
		set("spring.data.redis.url", "rides://u:s3cret@cache");
		assertInvalid("spring.data.redis.url", "its scheme is neither 'redis' nor 'rediss'");
	}

	@Test
	void aBundleIsLookedUpAndBlamed() {
		discover();
		set("spring.data.redis.ssl.bundle", "missing");
		assertInvalid("spring.data.redis.ssl.bundle", "there is no such bundle");
		set(PREFIX + "dependencies.redis.ssl-bundle", "absent");
		assertInvalid(PREFIX + "dependencies.redis.ssl-bundle", "there is no such bundle");
	}

	@Test
	void aRefusalNamesThePropertyThatHoldsTheCredentials() throws Exception {
		discover();
		set("spring.data.redis.cluster.nodes", "one:6379,two:6379");
		set(PREFIX + "dependencies.fortune.uri", "tcp://fortune:80");
		set(PREFIX + "dependencies.pricing.uri", "tcp://pricing:80");
		set(PREFIX + "dependencies.pricing.password", "s3cret");
		this.answer = ProbeResult.refused("wrong password");
		assertThat(refusal("redis")).endsWith("'spring.data.redis.password'");
		assertThat(refusal("fortune")).endsWith("'pod-lifecycle.startup.dependencies.fortune'");
		assertThat(refusal("pricing")).endsWith("'pod-lifecycle.startup.dependencies.pricing.password'");
		set(PREFIX + "dependencies.redis.password", "an0ther");
		assertThat(refusal("redis")).endsWith("'pod-lifecycle.startup.dependencies.redis.password'");
	}

	private String refusal(String name) throws Exception {
		for (Dependency dependency : settings().dependencies()) {
			if (dependency.name().equals(name)) {
				return dependency.probe().check(Duration.ofSeconds(1)).detail();
			}
		}
		return "";
	}

	private ProbeRequest request(String scheme) {
		return Objects.requireNonNull(this.requests.get(scheme));
	}

	private void discover() {
		set(PREFIX + "discover", "true");
	}

	private void set(String name, String value) {
		this.properties.put(name, value);
	}

	private void assertInvalid(String property, String reason) {
		assertThatExceptionOfType(InvalidPropertyException.class).isThrownBy(this::settings)
			.withMessageStartingWith("'" + property + "' cannot be used: " + reason)
			.withMessageNotContaining("s3cret")
			.satisfies((ex) -> assertThat(ex.value() + ex.fix()).doesNotContain("s3cret"));
	}

	private StartupSettings settings() {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", this.properties));
			StartupProperties startup = Binder.get(context.getEnvironment())
				.bindOrCreate("pod-lifecycle.startup", StartupProperties.class);
			return DependencyWaitStarter.settings(startup, () -> new Probes(List.of(new Recorder())), context);
		}
	}

	/**
	 * Takes down what it is asked for.
	 */
	private final class Recorder implements ProbeFactory {

		@Override
		public Set<String> schemes() {
			return Set.of("redis", "rediss", "kafka", "tcp");
		}

		@Override
		public Probe create(ProbeRequest request) {
			if (request.target().scheme().startsWith("redis")) {
				request.target().serverUri();
			}
			DiscoveryPropertiesTests.this.requests.put(request.target().scheme(), request);
			return (timeLimit) -> DiscoveryPropertiesTests.this.answer;
		}

	}

}

package io.podlifecycle.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.podlifecycle.dependency.ProbeRequest;
import io.podlifecycle.dependency.ProbeResult;
import io.podlifecycle.dependency.Target;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HealthProbeFactoryTests {

	private final AtomicReference<Health> orders = new AtomicReference<>(Health.up().build());

	private final AtomicReference<Health> redis = new AtomicReference<>(Health.up().build());

	@Test
	void aContributorThatIsUpAnswers() throws Exception {
		assertThat(check("redis")).isEqualTo(ProbeResult.answered());
	}

	@Test
	void oneThatIsDownIsNotYetAndSaysWhy() throws Exception {
		this.redis.set(Health.down(new IllegalStateException("no connection\nat all")).build());
		assertThat(check("redis"))
			.isEqualTo(ProbeResult.notYet("status DOWN, java.lang.IllegalStateException: no connection"));
	}

	@Test
	void oneThatDoesNotKnowIsNotYet() throws Exception {
		this.redis.set(Health.unknown().build());
		assertThat(check("redis")).isEqualTo(ProbeResult.notYet("status UNKNOWN"));
	}

	@Test
	void aCompositeOneIsUpIfItsMembersAre() throws Exception {
		assertThat(check("db")).isEqualTo(ProbeResult.answered());
		this.orders.set(Health.outOfService().build());
		assertThat(check("db")).isEqualTo(ProbeResult.notYet("status OUT_OF_SERVICE"));
	}

	@Test
	void aMemberCanBeNamed() throws Exception {
		this.orders.set(Health.down().build());
		assertThat(check("db/customers")).isEqualTo(ProbeResult.answered());
		assertThat(check("db/orders")).isEqualTo(ProbeResult.notYet("status DOWN"));
	}

	@Test
	void aNameThatNobodyHasIsRefusedWithThoseThatThereAre() {
		for (String path : new String[] { "rdeis", "", "redis/x", "db/x", "db/", "/db" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> check(path))
				.withMessage(
						"there is no health contributor '" + path + "'; known are db, db/customers, db/orders, redis");
		}
	}

	@Test
	void itsOwnContributorIsRefusedSinceItWouldWaitForItself() {
		assertThatIllegalArgumentException().isThrownBy(() -> check("podLifecycle"))
			.withMessage("it would wait for itself");
	}

	private ProbeResult check(String path) throws Exception {
		Map<String, HealthContributor> database = new LinkedHashMap<>();
		database.put("orders", (HealthIndicator) this.orders::get);
		database.put("customers", (HealthIndicator) () -> Health.up().build());
		Map<String, HealthContributor> all = new LinkedHashMap<>();
		all.put("redis", (HealthIndicator) this.redis::get);
		all.put("db", CompositeHealthContributor.fromMap(database));
		all.put("podLifecycle", (HealthIndicator) () -> Health.down().build());
		HealthProbeFactory factory = new HealthProbeFactory(CompositeHealthContributor.fromMap(all),
				StatusAggregator.getDefault());
		return factory.create(ProbeRequest.of(Target.of("health:" + path))).check(Duration.ofSeconds(1));
	}

}

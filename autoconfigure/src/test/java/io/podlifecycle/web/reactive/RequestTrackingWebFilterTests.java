package io.podlifecycle.web.reactive;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.podlifecycle.time.FakeTime;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.ObservedWork;
import io.podlifecycle.work.Traffic;
import io.podlifecycle.work.TrafficRule;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Takes seconds, for thousands of requests.
 */
class RequestTrackingWebFilterTests {

	private final InFlight inFlight = new InFlight(new FakeTime());

	private final Traffic traffic = new Traffic(new FakeTime());

	private final AtomicBoolean quiescing = new AtomicBoolean();

	private final RequestTrackingWebFilter filter = new RequestTrackingWebFilter(
			new ObservedWork(this.inFlight, this.traffic),
			new TrafficRule(List.of("/actuator"), List.of(), "/actuator/prestop"), (request) -> null,
			this.quiescing::get, (request, response) -> response.getHeaders().set("Connection", "close"));

	private final MockServerWebExchange exchange = exchange("/fortune");

	@Test
	void aRequestIsInFlightUntilItsExchangeIsCompleted() {
		Sinks.Empty<Void> end = Sinks.empty();
		Mono<Void> served = serve(this.exchange, (exchange) -> end.asMono());
		assertThat(this.inFlight.count()).isZero();
		Disposable subscription = served.subscribe();
		assertThat(this.inFlight.count()).isEqualTo(1);
		assertThat(this.inFlight.oldest(1).get(0).description()).isEqualTo("GET (no handler)");
		end.tryEmitEmpty();
		assertThat(subscription.isDisposed()).isTrue();
		assertThat(this.inFlight.count()).isZero();
		assertThat(this.traffic.total()).isEqualTo(1);
	}

	@Test
	void aRequestThatIsCancelledIsNotInFlightAnyMore() {
		Disposable subscription = serve(this.exchange, (exchange) -> Mono.never()).subscribe();
		assertThat(this.inFlight.count()).isEqualTo(1);
		subscription.dispose();
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	void aRequestThatFailsIsNotInFlightAnyMore() {
		assertThatIllegalStateException().isThrownBy(() -> serve(this.exchange, (exchange) -> {
			throw new IllegalStateException("failed");
		}).block());
		assertThatIllegalStateException().isThrownBy(
				() -> serve(this.exchange, (exchange) -> Mono.error(new IllegalStateException("failed"))).block());
		assertThat(this.inFlight.count()).isZero();
	}

	@Test
	void aHealthCheckIsNoTraffic() {
		serve(exchange("/actuator/health"), (exchange) -> Mono.empty()).block();
		assertThat(this.traffic.total()).isZero();
	}

	@Test
	void thePreStopHookIsNotWaitedFor() {
		serve(exchange("/actuator/prestop"), (exchange) -> {
			assertThat(this.inFlight.count()).isZero();
			return Mono.empty();
		}).block();
		assertThat(this.traffic.total()).isZero();
	}

	@Test
	void whileServingClientsMayStay() {
		serve(this.exchange, (exchange) -> exchange.getResponse().setComplete()).block();
		assertThat(this.exchange.getResponse().getHeaders().getFirst("Connection")).isNull();
	}

	@Test
	void aClientWhoseAnswerIsNotSentYetWhenQuiescingBeginsIsAskedToClose() {
		serve(this.exchange, (exchange) -> {
			quiesce();
			return exchange.getResponse().setComplete();
		}).block();
		assertThat(this.exchange.getResponse().getHeaders().getFirst("Connection")).isEqualTo("close");
	}

	@Test
	void aClientThatComesWhileQuiescingIsAskedToClose() {
		quiesce();
		serve(this.exchange, (exchange) -> exchange.getResponse().setComplete()).block();
		assertThat(this.exchange.getResponse().getHeaders().getFirst("Connection")).isEqualTo("close");
	}

	@Test
	void noneOfThousandsIsForgotten() {
		Sinks.Empty<Void> answers = Sinks.empty();
		List<MockServerWebExchange> exchanges = IntStream.range(0, 2000)
			.mapToObj((number) -> exchange("/fortune"))
			.toList();
		exchanges.forEach((exchange) -> serve(exchange,
				(served) -> answers.asMono().then(Mono.defer(served.getResponse()::setComplete)))
			.subscribe());
		assertThat(this.inFlight.listed(TrackedExchange.class).count()).isLessThan(exchanges.size());
		quiesce();
		answers.tryEmitEmpty();
		assertThat(exchanges)
			.allSatisfy((exchange) -> assertThat(exchange.getResponse().getHeaders().getFirst("Connection"))
				.isEqualTo("close"));
		assertThat(this.inFlight.count()).isZero();
	}

	private void quiesce() {
		this.quiescing.set(true);
		this.filter.quiesce();
	}

	private Mono<Void> serve(MockServerWebExchange exchange, WebFilterChain application) {
		return this.filter.filter(exchange, application);
	}

	private static MockServerWebExchange exchange(String path) {
		return MockServerWebExchange.from(MockServerHttpRequest.get(path));
	}

}

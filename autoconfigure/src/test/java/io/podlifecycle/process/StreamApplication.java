package io.podlifecycle.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.web.LongLived;
import reactor.core.publisher.Flux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service with streams of all kinds that never end by themselves, as Spring MVC or as
 * Spring WebFlux application.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ MvcStreamEndpoints.class, WebSocketEndpoints.class, WebFluxStreamEndpoints.class, FloodEndpoints.class,
		WebFluxFloodEndpoints.class })
@RestController
class StreamApplication {

	/** Long enough to be cut in the middle, were it not for care. */
	static final String EVENT = "event ".repeat(50) + "end";

	private final AtomicInteger opened = new AtomicInteger();

	private final Duration pace;

	StreamApplication(Environment environment) {
		this.pace = environment.getProperty("app.pace", Duration.class, Duration.ofMillis(5));
	}

	public static void main(String[] args) {
		SpringApplication.run(StreamApplication.class, args);
	}

	/**
	 * Note that a stream was opened.
	 */
	void opened() {
		this.opened.incrementAndGet();
	}

	@GetMapping("/opened")
	ResponseEntity<String> opened(@RequestParam int count) {
		return ResponseEntity.status((this.opened.get() >= count) ? 200 : 503).body("" + this.opened);
	}

	@GetMapping("/slow")
	String slow(@RequestParam long ms) throws InterruptedException {
		opened();
		TimeUnit.MILLISECONDS.sleep(ms);
		return "slow";
	}

	@GetMapping(path = "/flux", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<String> flux() {
		return events();
	}

	@LongLived
	@GetMapping(path = "/lines", produces = MediaType.APPLICATION_NDJSON_VALUE)
	Flux<Line> lines() {
		return events().map(Line::new);
	}

	private Flux<String> events() {
		return ticks().map((tick) -> EVENT).doOnSubscribe((subscription) -> opened());
	}

	/**
	 * The pace of all streams.
	 */
	Flux<Long> ticks() {
		return Flux.interval(this.pace).onBackpressureDrop();
	}

	record Line(String text) {
	}

}

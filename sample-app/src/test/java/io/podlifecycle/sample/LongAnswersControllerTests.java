package io.podlifecycle.sample;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

class LongAnswersControllerTests {

	private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

	private final MockMvcTester mvc = MockMvcTester.of(new LongAnswersController(this.scheduler));

	@BeforeEach
	void start() {
		this.scheduler.initialize();
	}

	@AfterEach
	void stop() {
		this.scheduler.shutdown();
	}

	@Test
	void slowAnswersWhenTheTimeIsOver() {
		assertThat(this.mvc.get().uri("/slow?ms=5")).hasStatusOk().hasBodyTextEqualTo("This took 5 ms\n");
	}

	@Test
	void streamSendsItsTicksAndEnds() {
		assertThat(this.mvc.get().uri("/stream?ms=10&ticks=3").exchange(Duration.ofSeconds(60))).hasStatusOk()
			.bodyText()
			.isEqualTo("event:tick\ndata:1\n\nevent:tick\ndata:2\n\nevent:tick\ndata:3\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/slow?ms=-1", "/slow?ms=60001", "/slow?ms=long", "/stream?ms=0", "/stream?ms=60001",
			"/stream?ticks=0", "/stream?ticks=601", "/stream?ticks=many" })
	void whatIsOutOfBoundsIsABadRequest(String uri) {
		assertThat(this.mvc.get().uri(uri)).hasStatus(HttpStatus.BAD_REQUEST);
	}

}

package io.podlifecycle.sample;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes longer than a unit test: the application is started.
 */
@SpringBootTest
@ActiveProfiles("server")
class FortuneServerTests {

	@Autowired
	private WebApplicationContext context;

	@Autowired
	private ObjectProvider<FortuneClient> client;

	@Test
	void tellsAFortune() {
		assertThat(MockMvcTester.from(this.context).get().uri("/")).hasStatusOk().bodyText().isNotBlank();
	}

	@Test
	void asksNobodyElse() {
		assertThat(this.client.stream()).isEmpty();
	}

}

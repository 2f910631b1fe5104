package io.podlifecycle.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The fortune client. With the profile {@code server} it is the fortune server, with
 * {@code demo} it brings a fortune server of its own, some seconds late.
 */
@SpringBootApplication
@EnableScheduling
public class SampleApplication {

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.addListeners(new DemoFortuneServer());
		application.run(args);
	}

}

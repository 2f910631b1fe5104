package io.podlifecycle.process;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service that tells in which of its contexts the library is.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class BootstrappedApplication {

	private final ApplicationContext context;

	BootstrappedApplication(ApplicationContext context) {
		this.context = context;
	}

	public static void main(String[] args) {
		SpringApplication.run(BootstrappedApplication.class, args);
	}

	@GetMapping("/contexts")
	String contexts() {
		StringBuilder text = new StringBuilder();
		for (ApplicationContext next = this.context; next != null; next = next.getParent()) {
			text.append((next == this.context) ? "application" : next.getId())
				.append(isInhabited(next) ? ": library\n" : ": nothing\n");
		}
		return text.toString();
	}

	/** Both what is there before the refresh and what is made by it. */
	private static boolean isInhabited(ApplicationContext context) {
		Stream<String> early = Stream.of("podLifecycleStartupWait", "podLifecycleJournalKeeper")
			.filter(context::containsLocalBean);
		return Stream.concat(early, Arrays.stream(context.getBeanDefinitionNames()))
			.anyMatch((name) -> name.toLowerCase(Locale.ROOT).contains("podlifecycle"));
	}

}

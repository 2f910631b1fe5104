package io.podlifecycle.process;

import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What applications do according to public trackers. Added to the
 * {@link ServiceApplication} as a further source.
 */
@Configuration(proxyBeanMethods = false)
@RestController
class FieldReports {

	static final String SOURCE = "--spring.main.sources=" + FieldReports.class.getName();

	private static final Log logger = LogFactory.getLog(FieldReports.class);

	private final ApplicationContext context;

	FieldReports(ApplicationContext context) {
		this.context = context;
	}

	@GetMapping("/exit")
	String exit() {
		logger.info("Exiting within a request");
		return "exit code " + SpringApplication.exit(this.context);
	}

	@GetMapping("/close-child")
	String closeChild() {
		AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
		child.setParent(this.context);
		child.refresh();
		child.close();
		return "closed";
	}

	@Bean
	DisposableBean destroyedBean() {
		return () -> logger.info("A bean is destroyed");
	}

	@Bean
	@ConditionalOnBooleanProperty("app.bean-exits")
	InitializingBean exitingBean() {
		return () -> System.exit(7);
	}

	@Bean
	@ConditionalOnBooleanProperty("app.runner-fails")
	ApplicationRunner failingRunner() {
		return (arguments) -> {
			throw new IllegalStateException("The runner fails");
		};
	}

	/** What was recommended in place of a preStop hook. */
	@Bean
	@ConditionalOnBooleanProperty("app.sleeps-in-stop")
	SmartLifecycle sleepInStop() {
		return new SmartLifecycle() {

			private volatile boolean running;

			@Override
			public void start() {
				this.running = true;
			}

			@Override
			public void stop() {
				logger.info("Sleeping in stop");
				try {
					TimeUnit.SECONDS.sleep(10);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				this.running = false;
			}

			@Override
			public boolean isRunning() {
				return this.running;
			}

		};
	}

}

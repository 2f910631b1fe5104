package io.podlifecycle.process;

import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * An application that does one thing and ends.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RunnerApplication implements CommandLineRunner {

	private final long seconds;

	private final boolean exits;

	RunnerApplication(@Value("${app.seconds}") long seconds, @Value("${app.exits:false}") boolean exits) {
		this.seconds = seconds;
		this.exits = exits;
	}

	public static void main(String[] args) {
		System.exit(SpringApplication.exit(SpringApplication.run(RunnerApplication.class, args)));
	}

	@Override
	public void run(String... args) throws Exception {
		System.out.println("import begins");
		try {
			TimeUnit.SECONDS.sleep(this.seconds);
			System.out.println("import is done");
		}
		catch (InterruptedException ex) {
			System.out.println("import is interrupted");
			throw ex;
		}
		if (this.exits) {
			System.exit(3);
		}
	}

}

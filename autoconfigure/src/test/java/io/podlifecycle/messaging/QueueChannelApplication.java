package io.podlifecycle.messaging;

import java.util.concurrent.TimeUnit;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.annotation.Poller;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.support.MessageBuilder;

/**
 * Has many messages in two queues in memory, one after the other.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableIntegration
class QueueChannelApplication {

	public static void main(String[] args) {
		SpringApplication.run(QueueChannelApplication.class, args);
	}

	@Bean
	QueueChannel first() {
		return new QueueChannel();
	}

	@Bean
	QueueChannel second() {
		return new QueueChannel();
	}

	@ServiceActivator(inputChannel = "first", outputChannel = "second", poller = @Poller(fixedDelay = "10"))
	int accept(int record) throws InterruptedException {
		System.out.println("begin " + record);
		TimeUnit.MILLISECONDS.sleep(10);
		return record;
	}

	@ServiceActivator(inputChannel = "second", poller = @Poller(fixedDelay = "10"))
	void process(int record) throws InterruptedException {
		TimeUnit.MILLISECONDS.sleep(20);
		System.out.println("done " + record);
	}

	@Bean
	ApplicationRunner records(QueueChannel first) {
		return (arguments) -> {
			for (int record = 1; record <= QueueChannelIntegrationTests.RECORDS; record++) {
				first.send(MessageBuilder.withPayload(record).build());
			}
		};
	}

}

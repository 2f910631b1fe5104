package io.podlifecycle.messaging;

import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.integration.amqp.dsl.Amqp;
import org.springframework.integration.amqp.dsl.AmqpInboundChannelAdapterSMLCSpec;
import org.springframework.integration.amqp.dsl.AmqpInboundGatewaySMLCSpec;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Takes messages from RabbitMQ with Spring Integration in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableIntegration
@EnableScheduling
@Import({ RecordProcessor.class, RecordActivator.class })
class AmqpEndpointApplication {

	public static void main(String[] args) {
		SpringApplication.run(AmqpEndpointApplication.class, args);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "app.replies", havingValue = false, matchIfMissing = true)
	AmqpInboundChannelAdapterSMLCSpec adapter(ConnectionFactory connections, @Value("${app.queue}") String queue) {
		return Amqp.inboundAdapter(connections, queue).outputChannel("recordsIn");
	}

	@Bean
	@ConditionalOnBooleanProperty("app.replies")
	AmqpInboundGatewaySMLCSpec gateway(ConnectionFactory connections, @Value("${app.queue}") String queue) {
		return Amqp.inboundGateway(connections, queue).requestChannel("recordsIn");
	}

}

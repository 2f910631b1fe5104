package io.podlifecycle.grpc;

import java.io.IOException;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.protobuf.services.HealthStatusManager;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Serves gRPC and nothing else: with Boot's server, or with one of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class GrpcApplication {

	public static void main(String[] args) {
		SpringApplication.run(GrpcApplication.class, args);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "app.own-server", havingValue = false, matchIfMissing = true)
	static class WithBoot {

		@Bean
		BindableService fortunes() {
			return Fortunes::service;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("app.own-server")
	static class OwnServer {

		@Bean
		HealthStatusManager health() {
			return new HealthStatusManager();
		}

		@Bean
		Server server(@Value("${app.port}") int port, HealthStatusManager health, CallTrackingInterceptor tracking,
				GrpcConnections connections) throws IOException {
			return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
				.addService(health.getHealthService())
				.addService(Fortunes.service())
				.intercept(tracking)
				.addTransportFilter(connections)
				.build()
				.start();
		}

	}

}

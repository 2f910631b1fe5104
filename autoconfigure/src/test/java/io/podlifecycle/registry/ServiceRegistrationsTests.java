package io.podlifecycle.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceRegistrationsTests {

	private final Registry registry = new Registry();

	@Test
	void theRegistryIsToldTheStatus() throws Exception {
		leave("OUT_OF_SERVICE", new Instance("fortune"));
		assertThat(this.registry.calls).containsExactly("status fortune OUT_OF_SERVICE");
	}

	@Test
	void anEmptyStatusDeregisters() throws Exception {
		leave("", new Instance("fortune"));
		assertThat(this.registry.calls).containsExactly("deregister fortune");
	}

	@Test
	void aRegistryThatDoesNotKnowTheStatusForgetsTheInstance() throws Exception {
		leave("MAINTENANCE", new Instance("fortune"));
		assertThat(this.registry.calls).containsExactly("deregister fortune");
	}

	@Test
	void aRegistrationOfAnotherRegistryIsLeftAlone() throws Exception {
		leave("OUT_OF_SERVICE", new OtherInstance("other"), new Instance("fortune"));
		assertThat(this.registry.calls).containsExactly("status fortune OUT_OF_SERVICE");
	}

	private void leave(String status, Registration... registrations) throws Exception {
		new ServiceRegistrations(() -> Stream.of(this.registry), () -> Stream.of(registrations), status).quiesce();
	}

	static class Instance extends DefaultServiceInstance implements Registration {

		Instance(String service) {
			super(service + "-1", service, "127.0.0.1", 8080, false);
		}

	}

	static class OtherInstance extends DefaultServiceInstance implements Registration {

		OtherInstance(String service) {
			super(service + "-1", service, "127.0.0.1", 8080, false);
		}

	}

	/**
	 * Knows one status, as Consul's does.
	 */
	static class Registry implements ServiceRegistry<Instance> {

		private final List<String> calls = new ArrayList<>();

		@Override
		public void register(@Nullable Instance registration) {
			this.calls.add("register");
		}

		@Override
		public void deregister(@Nullable Instance registration) {
			this.calls.add("deregister " + ((registration != null) ? registration.getServiceId() : ""));
		}

		@Override
		public void close() {
			this.calls.add("close");
		}

		@Override
		public void setStatus(Instance registration, String status) {
			if (!"OUT_OF_SERVICE".equals(status)) {
				throw new IllegalArgumentException("Unknown status " + status);
			}
			this.calls.add("status " + registration.getServiceId() + " " + status);
		}

		@Override
		@SuppressWarnings("TypeParameterUnusedInFormals")
		public <T> T getStatus(Instance registration) {
			throw new UnsupportedOperationException();
		}

	}

}

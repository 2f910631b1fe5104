package io.podlifecycle.registry;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.podlifecycle.shutdown.Participant;

import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.core.ResolvableType;

/**
 * The registrations of an instance with service registries. When the shutdown begins the
 * registry is told a status by which no client is sent here any more; a registry that
 * does not accept it forgets the instance. Spring Cloud deregisters it at the close of
 * the context.
 *
 * @since 0.1.0
 */
final class ServiceRegistrations implements Participant {

	private final Supplier<Stream<ServiceRegistry<?>>> registries;

	private final Supplier<Stream<Registration>> registrations;

	private final String status;

	/**
	 * Create a participant.
	 * @param registries returns the registries
	 * @param registrations returns the registrations
	 * @param status the status, such as {@code OUT_OF_SERVICE}; if it is empty, the
	 * instance is deregistered at once
	 */
	public ServiceRegistrations(Supplier<Stream<ServiceRegistry<?>>> registries,
			Supplier<Stream<Registration>> registrations, String status) {
		this.registries = registries;
		this.registrations = registrations;
		this.status = status;
	}

	@Override
	public String name() {
		return "service registrations";
	}

	@Override
	public void quiesce() {
		this.registries.get().forEach(this::leave);
	}

	@SuppressWarnings("unchecked")
	private <R extends Registration> void leave(ServiceRegistry<R> registry) {
		Class<?> type = ResolvableType.forInstance(registry)
			.as(ServiceRegistry.class)
			.getGeneric(0)
			.resolve(Registration.class);
		this.registrations.get().filter(type::isInstance).forEach((registration) -> leave(registry, (R) registration));
	}

	private <R extends Registration> void leave(ServiceRegistry<R> registry, R registration) {
		if (this.status.isEmpty()) {
			registry.deregister(registration);
			return;
		}
		try {
			registry.setStatus(registration, this.status);
		}
		catch (RuntimeException ex) {
			registry.deregister(registration);
		}
	}

}

package io.podlifecycle.grpc;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.grpc.protobuf.services.HealthStatusManager;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Lets the gRPC health service answer {@code NOT_SERVING} for good at the moment at which
 * readiness is refused for good.
 *
 * @since 0.1.0
 */
final class GrpcReadiness implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final Supplier<Stream<HealthStatusManager>> managers;

	private final BooleanSupplier refused;

	/**
	 * Create a listener.
	 * @param managers returns what keeps the status of the gRPC services
	 * @param refused whether readiness is refused for good
	 */
	public GrpcReadiness(Supplier<Stream<HealthStatusManager>> managers, BooleanSupplier refused) {
		this.managers = managers;
		this.refused = refused;
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.REFUSING_TRAFFIC && this.refused.getAsBoolean()) {
			this.managers.get().forEach(HealthStatusManager::enterTerminalState);
		}
	}

}

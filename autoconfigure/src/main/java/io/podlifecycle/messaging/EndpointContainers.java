package io.podlifecycle.messaging;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.integration.endpoint.AbstractEndpoint;
import org.springframework.util.ClassUtils;

/**
 * The listener containers of message-driven endpoints of Spring Integration, and of the
 * input bindings of Spring Cloud Stream: those are such endpoints, but no beans. To stop
 * an endpoint waits for its container, and no longer than the container's own timeout.
 *
 * @since 0.1.0
 */
final class EndpointContainers implements Supplier<Collection<SmartLifecycle>> {

	private static final String BINDINGS = "org.springframework.cloud.stream.binding.InputBindingLifecycle";

	private final ListableBeanFactory beanFactory;

	/**
	 * Create a view on the containers.
	 * @param beanFactory knows the endpoints and bindings
	 */
	public EndpointContainers(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public Collection<SmartLifecycle> get() {
		return Stream.concat(beans(AbstractEndpoint.class), bindings())
			.flatMap(EndpointContainers::withInnerEndpoint)
			.flatMap((endpoint) -> Stream.of("messageListenerContainer", "listenerContainer")
				.map((field) -> field(endpoint, field)))
			.filter(SmartLifecycle.class::isInstance)
			.map(SmartLifecycle.class::cast)
			.toList();
	}

	/** The gateway for JMS has an endpoint that is no bean. */
	private static Stream<?> withInnerEndpoint(Object endpoint) {
		return Stream.concat(Stream.of(endpoint), Stream.ofNullable(field(endpoint, "endpoint")));
	}

	private Stream<?> bindings() {
		ClassLoader classLoader = AbstractEndpoint.class.getClassLoader();
		if (!ClassUtils.isPresent(BINDINGS, classLoader)) {
			return Stream.empty();
		}
		return beans(ClassUtils.resolveClassName(BINDINGS, classLoader))
			.flatMap((lifecycle) -> (field(lifecycle, "inputBindings") instanceof Collection<?> bindings)
					? bindings.stream() : Stream.empty())
			.flatMap((binding) -> Stream.ofNullable(field(binding, "lifecycle")));
	}

	private Stream<?> beans(Class<?> type) {
		return this.beanFactory.getBeansOfType(type, false, false).values().stream();
	}

	/** There are no public getters. */
	private static @Nullable Object field(@Nullable Object object, String name) {
		if (object == null) {
			return null;
		}
		DirectFieldAccessor fields = new DirectFieldAccessor(object);
		return fields.isReadableProperty(name) ? fields.getPropertyValue(name) : null;
	}

}

package io.podlifecycle.web.servlet;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Lets {@link MvcStreams} complete the emitters and reactive streams that controllers
 * return.
 *
 * @since 0.1.0
 */
final class StreamReturnValuePostProcessor implements BeanPostProcessor {

	private final boolean reactorPresent = ClassUtils.isPresent("reactor.core.publisher.Flux",
			getClass().getClassLoader());

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof RequestMappingHandlerAdapter adapter) {
			List<HandlerMethodReturnValueHandler> handlers = adapter.getReturnValueHandlers();
			if (handlers != null) {
				List<HandlerMethodReturnValueHandler> extended = new ArrayList<>(handlers);
				extended.add(0, new StreamReturnValueHandler(handlers, this.reactorPresent));
				adapter.setReturnValueHandlers(extended);
			}
		}
		return bean;
	}

}

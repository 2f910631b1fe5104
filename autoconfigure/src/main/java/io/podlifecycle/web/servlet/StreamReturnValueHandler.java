package io.podlifecycle.web.servlet;

import java.util.List;
import java.util.function.BooleanSupplier;

import io.podlifecycle.web.EndableFlux;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * Keeps with a request what completes the emitter or reactive stream that its controller
 * returns, between two events; all else is left to Spring's own handlers.
 */
final class StreamReturnValueHandler implements HandlerMethodReturnValueHandler {

	private static final String END = StreamReturnValueHandler.class.getName() + ".end";

	private final HandlerMethodReturnValueHandlerComposite handlers = new HandlerMethodReturnValueHandlerComposite();

	private final ReactiveAdapterRegistry adapters = ReactiveAdapterRegistry.getSharedInstance();

	private final EmitterCompletion emitters = new EmitterCompletion();

	private final boolean reactorPresent;

	StreamReturnValueHandler(List<HandlerMethodReturnValueHandler> handlers, boolean reactorPresent) {
		this.handlers.addHandlers(handlers);
		this.reactorPresent = reactorPresent;
	}

	/**
	 * Return what completes the stream that answers a request, unless it is busy.
	 * @return what does, or {@code null} if it is not known
	 */
	static @Nullable BooleanSupplier endOf(NativeWebRequest request) {
		return (BooleanSupplier) request.getAttribute(END, RequestAttributes.SCOPE_REQUEST);
	}

	@Override
	public boolean supportsReturnType(MethodParameter returnType) {
		Class<?> type = returnType.getParameterType();
		return (ResponseEntity.class.isAssignableFrom(type) || ResponseBodyEmitter.class.isAssignableFrom(type)
				|| reactiveAdapter(type) != null) && this.handlers.supportsReturnType(returnType);
	}

	@Override
	public void handleReturnValue(@Nullable Object returnValue, MethodParameter returnType,
			ModelAndViewContainer container, NativeWebRequest request) throws Exception {
		this.handlers.handleReturnValue(keepEnd(returnValue, request), returnType, container, request);
	}

	/**
	 * Return what is to be handled instead of the value.
	 */
	private @Nullable Object keepEnd(@Nullable Object value, NativeWebRequest request) {
		if (value instanceof ResponseEntity<?> entity) {
			Object body = keepEnd(entity.getBody(), request);
			return (body != entity.getBody())
					? ResponseEntity.status(entity.getStatusCode()).headers(entity.getHeaders()).body(body) : entity;
		}
		if (value instanceof ResponseBodyEmitter emitter) {
			keepEnd(() -> this.emitters.tryComplete(emitter), request);
			return emitter;
		}
		ReactiveAdapter adapter = (value != null) ? reactiveAdapter(value.getClass()) : null;
		if (adapter == null) {
			return value;
		}
		EndableFlux<Object> elements = new EndableFlux<>(adapter.toPublisher(value));
		keepEnd(() -> {
			elements.end();
			return true;
		}, request);
		return elements;
	}

	private static void keepEnd(BooleanSupplier end, NativeWebRequest request) {
		request.setAttribute(END, end, RequestAttributes.SCOPE_REQUEST);
	}

	private @Nullable ReactiveAdapter reactiveAdapter(Class<?> type) {
		ReactiveAdapter adapter = this.reactorPresent ? this.adapters.getAdapter(type) : null;
		return (adapter != null && adapter.isMultiValue()) ? adapter : null;
	}

}

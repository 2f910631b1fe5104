package io.podlifecycle.context;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The real table, by way of {@code sun.misc.Signal} of the module
 * {@code jdk.unsupported}: the JDK has no other way to hear of a signal, and JEP 260
 * keeps this one open. Used by reflection, since a run-time image may lack the module.
 */
final class JvmSignalTable implements SignalTable {

	/** 128 + 15, as the JVM's own handler exits. */
	private static final int EXIT_CODE = 143;

	private @Nullable Object ours;

	private @Nullable Object previous;

	@Override
	public synchronized boolean install(Runnable handler) {
		try {
			Object ours = proxy(handler);
			this.previous = put(ours);
			this.ours = ours;
			return true;
		}
		catch (ReflectiveOperationException ex) {
			// No such module; or, under -Xrs, an IllegalArgumentException as its cause.
			return false;
		}
	}

	@Override
	public synchronized void restore() {
		if (this.ours == null || this.previous == null) {
			return;
		}
		try {
			Object replaced = put(this.previous);
			if (replaced != this.ours) {
				put(replaced);
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("A handler was put in before", ex);
		}
		this.ours = null;
	}

	@Override
	public void forward() {
		try {
			handlerType().getMethod("handle", signalType()).invoke(Objects.requireNonNull(previous()), term());
		}
		catch (ReflectiveOperationException ex) {
			// It was the operating system's default, which cannot be called.
			System.exit(EXIT_CODE);
		}
	}

	private synchronized @Nullable Object previous() {
		return this.previous;
	}

	private static Object put(Object handler) throws ReflectiveOperationException {
		return signalType().getMethod("handle", signalType(), handlerType()).invoke(null, term(), handler);
	}

	private static Object proxy(Runnable handler) throws ReflectiveOperationException {
		InvocationHandler invocations = (proxy, method, arguments) -> invoke(handler, proxy, method, arguments);
		return Proxy.newProxyInstance(handlerType().getClassLoader(), new Class<?>[] { handlerType() }, invocations);
	}

	private static @Nullable Object invoke(Runnable handler, Object proxy, Method method, Object[] arguments) {
		return switch (method.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> "the SIGTERM handler of the pod life cycle";
			default -> {
				handler.run();
				yield null;
			}
		};
	}

	private static Class<?> signalType() throws ClassNotFoundException {
		return Class.forName("sun.misc.Signal");
	}

	private static Class<?> handlerType() throws ClassNotFoundException {
		return Class.forName("sun.misc.SignalHandler");
	}

	private static Object term() throws ReflectiveOperationException {
		return signalType().getConstructor(String.class).newInstance("TERM");
	}

}

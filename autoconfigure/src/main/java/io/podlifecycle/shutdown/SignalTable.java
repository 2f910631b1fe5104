package io.podlifecycle.shutdown;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.podlifecycle.report.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's table of signal handlers, as far as the stop signals are concerned. By way of
 * {@code sun.misc.Signal} of the module {@code jdk.unsupported}: the JDK has no other way
 * to handle a signal, and JEP 260 keeps this one open. Used by reflection, since a
 * run-time image may lack the module. What {@link #forward} needs is looked up by
 * {@link #install}.
 */
class SignalTable {

	private static final List<Trigger> STOP_SIGNALS = List.of(Trigger.SIGTERM, Trigger.SIGINT);

	private final Map<Trigger, Entry> entries = new ConcurrentHashMap<>();

	/**
	 * Install a handler for all stop signals.
	 * @param handler is called on a thread of the JVM
	 * @return {@code false} where the JVM keeps SIGTERM to itself, as under {@code -Xrs}
	 */
	synchronized boolean install(Consumer<Trigger> handler) {
		for (Trigger signal : STOP_SIGNALS) {
			try {
				Entry entry = new Entry(signal, handler);
				entry.install();
				this.entries.put(signal, entry);
			}
			catch (ReflectiveOperationException ex) {
				// No such module; or, under -Xrs, an IllegalArgumentException as its
				// cause.
			}
		}
		return this.entries.containsKey(Trigger.SIGTERM);
	}

	/**
	 * Return whether the installed handler is the one that SIGTERM reaches.
	 * @return {@code false} if there is none, or another one was installed after it
	 */
	synchronized boolean isInPlace() {
		Entry entry = this.entries.get(Trigger.SIGTERM);
		return entry != null && entry.isInPlace();
	}

	/**
	 * Put back the handlers that were there before, unless others were installed since.
	 */
	synchronized void restore() {
		this.entries.values().forEach(Entry::restore);
		this.entries.clear();
	}

	/**
	 * Forward a signal to the handler that was there before. The JVM's own one exits with
	 * 128 plus the number of the signal, and does not return.
	 * @param signal the signal
	 */
	void forward(Trigger signal) {
		try {
			Entry entry = this.entries.get(signal);
			if (entry != null) {
				entry.forward();
				return;
			}
		}
		catch (Throwable ex) {
			// It was the operating system's default, which cannot be called; or it has
			// failed.
		}
		exit(signal.exitCode());
	}

	/** If the exit cannot even begin, the JVM halts. */
	private static void exit(int exitCode) {
		try {
			System.exit(exitCode);
		}
		finally {
			Runtime.getRuntime().halt(exitCode);
		}
	}

	/** What the table has for one signal. */
	private static final class Entry {

		private final Object signal;

		private final Object ours;

		private final Method put;

		private final Method handle;

		private Object previous;

		Entry(Trigger signal, Consumer<Trigger> handler) throws ReflectiveOperationException {
			Class<?> signalType = Class.forName("sun.misc.Signal");
			Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
			this.signal = signalType.getConstructor(String.class).newInstance(signal.name().substring("SIG".length()));
			this.put = signalType.getMethod("handle", signalType, handlerType);
			this.handle = handlerType.getMethod("handle", signalType);
			this.ours = proxy(handlerType,
					(proxy, method, arguments) -> invoke(handler, signal, proxy, method, arguments));
			this.previous = this.ours;
			// The first call by reflection links what the others use: it is made here.
			this.handle.invoke(proxy(handlerType, (proxy, method, arguments) -> null), this.signal);
		}

		private static Object proxy(Class<?> handlerType, InvocationHandler invocations) {
			return Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] { handlerType }, invocations);
		}

		private static @Nullable Object invoke(Consumer<Trigger> handler, Trigger signal, Object proxy, Method method,
				@Nullable Object @Nullable [] arguments) {
			return switch (method.getName()) {
				case "equals" -> arguments != null && proxy == arguments[0];
				case "hashCode" -> System.identityHashCode(proxy);
				case "toString" -> "the " + signal.name() + " handler of the pod life cycle";
				default -> {
					handler.accept(signal);
					yield null;
				}
			};
		}

		void install() throws ReflectiveOperationException {
			this.previous = put(this.ours);
		}

		private Object put(Object handler) throws ReflectiveOperationException {
			return this.put.invoke(null, this.signal, handler);
		}

		/** The table can only be read by writing to it. */
		boolean isInPlace() {
			try {
				Object replaced = put(this.ours);
				if (replaced != this.ours) {
					put(replaced);
				}
				return replaced == this.ours;
			}
			catch (ReflectiveOperationException ex) {
				return false;
			}
		}

		void restore() {
			try {
				if (isInPlace()) {
					put(this.previous);
				}
			}
			catch (ReflectiveOperationException ex) {
				throw new IllegalStateException("A handler was installed before", ex);
			}
		}

		void forward() throws ReflectiveOperationException {
			this.handle.invoke(this.previous, this.signal);
		}

	}

}

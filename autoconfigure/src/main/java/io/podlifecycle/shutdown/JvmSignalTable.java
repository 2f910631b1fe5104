package io.podlifecycle.shutdown;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The real table, by way of {@code sun.misc.Signal} of the module
 * {@code jdk.unsupported}: the JDK has no other way to handle a signal, and JEP 260 keeps
 * this one open. Used by reflection, since a run-time image may lack the module. What
 * {@link #forward} needs is looked up by {@link #install}.
 */
final class JvmSignalTable implements SignalTable {

	private final Map<StopSignal, Entry> entries = new EnumMap<>(StopSignal.class);

	@Override
	public synchronized boolean install(Consumer<StopSignal> handler) {
		for (StopSignal signal : StopSignal.values()) {
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
		return this.entries.containsKey(StopSignal.TERM);
	}

	@Override
	public synchronized boolean isInPlace() {
		Entry entry = this.entries.get(StopSignal.TERM);
		return entry != null && entry.isInPlace();
	}

	@Override
	public synchronized void restore() {
		this.entries.values().forEach(Entry::restore);
		this.entries.clear();
	}

	@Override
	public void forward(StopSignal signal) {
		try {
			Entry entry = entry(signal);
			if (entry != null) {
				entry.forward();
				return;
			}
		}
		catch (Throwable ex) {
			// It was the operating system's default, which cannot be called; or it has
			// failed.
		}
		JvmExit.exit(signal.exitCode());
	}

	private synchronized @Nullable Entry entry(StopSignal signal) {
		return this.entries.get(signal);
	}

	/** What the table has for one signal. */
	private static final class Entry {

		private final Object signal;

		private final Object ours;

		private final Method put;

		private final Method handle;

		private Object previous;

		Entry(StopSignal signal, Consumer<StopSignal> handler) throws ReflectiveOperationException {
			Class<?> signalType = Class.forName("sun.misc.Signal");
			Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
			this.signal = signalType.getConstructor(String.class).newInstance(signal.name());
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

		private static @Nullable Object invoke(Consumer<StopSignal> handler, StopSignal signal, Object proxy,
				Method method, @Nullable Object @Nullable [] arguments) {
			return switch (method.getName()) {
				case "equals" -> arguments != null && proxy == arguments[0];
				case "hashCode" -> System.identityHashCode(proxy);
				case "toString" -> "the SIG" + signal + " handler of the pod life cycle";
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

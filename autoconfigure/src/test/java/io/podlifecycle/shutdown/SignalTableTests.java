package io.podlifecycle.shutdown;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.report.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals that this JVM raises for itself. The handler before ours is one that does not
 * exit.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SignalTableTests {

	private final SignalTable table = new SignalTable();

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private final Object harmless = handler("previous");

	private Object original = this.harmless;

	@BeforeEach
	void keepTheJvm() throws ReflectiveOperationException {
		this.original = put(this.harmless);
	}

	@AfterEach
	void restore() throws ReflectiveOperationException {
		put(this.original);
	}

	@Test
	void aSignalReachesTheHandlerAndIsForwardedToTheOneBefore() throws Exception {
		assertThat(this.table.isInPlace()).isFalse();
		assertThat(this.table.install((signal) -> this.events.add("ours " + signal))).isTrue();
		assertThat(this.table.isInPlace()).isTrue();
		raise();
		assertThat(this.events.take()).isEqualTo("ours SIGTERM");
		this.table.forward(Trigger.SIGTERM);
		assertThat(this.events.take()).isEqualTo("previous");
		this.table.restore();
		raise();
		assertThat(this.events.take()).isEqualTo("previous");
		assertThat(this.events).isEmpty();
	}

	@Test
	void aHandlerThatWasInstalledLaterStaysInPlace() throws Exception {
		this.table.install((signal) -> this.events.add("ours " + signal));
		put(handler("other"));
		assertThat(this.table.isInPlace()).isFalse();
		raise();
		assertThat(this.events.take()).isEqualTo("other");
		this.table.restore();
		raise();
		assertThat(this.events.take()).isEqualTo("other");
	}

	private Object handler(String name) {
		try {
			Class<?> type = Class.forName("sun.misc.SignalHandler");
			return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> switch (method.getName()) {
						case "equals" -> proxy == arguments[0];
						case "hashCode" -> System.identityHashCode(proxy);
						case "toString" -> name;
						default -> {
							this.events.add(name);
							yield null;
						}
					});
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Object put(Object handler) throws ReflectiveOperationException {
		Method handle = Class.forName("sun.misc.Signal")
			.getMethod("handle", Class.forName("sun.misc.Signal"), Class.forName("sun.misc.SignalHandler"));
		return handle.invoke(null, term(), handler);
	}

	private static void raise() throws ReflectiveOperationException {
		Class.forName("sun.misc.Signal").getMethod("raise", Class.forName("sun.misc.Signal")).invoke(null, term());
	}

	private static Object term() throws ReflectiveOperationException {
		return Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance("TERM");
	}

}

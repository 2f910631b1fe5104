package io.podlifecycle.rehearsal.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.pod.PodSpec;
import io.podlifecycle.rehearsal.pod.Probe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Hands a new {@link Rehearsal} to each parameter of that type, as {@link RehearsedApp}
 * describes it or as a supplier makes it, and for each test to each field of that type
 * that is annotated:
 *
 * <pre class="code">
 * &#064;RegisterExtension
 * static final RehearsalExtension REHEARSALS = RehearsalExtension
 *     .of(() -&gt; Rehearsal.of(PodSpec.jar(Path.of("target/app.jar")).build()).replicas(3));
 * </pre>
 *
 * What a test leaves running, because it timed out, is ended with it; on Ctrl-C
 * everything is ended with the JVM.
 *
 * @since 0.1.0
 */
public final class RehearsalExtension
		implements ParameterResolver, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

	private static final Namespace NAMESPACE = Namespace.create(RehearsalExtension.class);

	private final @Nullable Supplier<Rehearsal> supplier;

	/**
	 * Creates an extension that needs {@link RehearsedApp}.
	 */
	public RehearsalExtension() {
		this.supplier = null;
	}

	private RehearsalExtension(Supplier<Rehearsal> supplier) {
		this.supplier = supplier;
	}

	/**
	 * Creates an extension to be registered in a field.
	 * @param supplier makes a rehearsal for each parameter
	 * @return the extension
	 */
	public static RehearsalExtension of(Supplier<Rehearsal> supplier) {
		return new RehearsalExtension(supplier);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Rehearsal.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Rehearsal rehearsal = (this.supplier != null) ? this.supplier.get() : of(describedBy(context));
		return endWith(context, rehearsal);
	}

	@Override
	public void beforeEach(ExtensionContext context) throws IllegalAccessException {
		if (this.supplier != null) {
			return;
		}
		for (Object test : context.getRequiredTestInstances().getAllInstances()) {
			for (Field field : AnnotationSupport.findAnnotatedFields(test.getClass(), RehearsedApp.class)) {
				inject(field, test, context);
			}
		}
	}

	private static void inject(Field field, Object test, ExtensionContext context) throws IllegalAccessException {
		if (field.getType() != Rehearsal.class || Modifier.isStatic(field.getModifiers())
				|| Modifier.isFinal(field.getModifiers()) || !field.trySetAccessible()) {
			throw new ExtensionConfigurationException("@RehearsedApp is on " + field
					+ ": it has to be a field of the type Rehearsal, neither static nor final");
		}
		RehearsedApp app = field.getAnnotation(RehearsedApp.class);
		boolean described = app != null && (!app.jar().isEmpty() || app.mainClass() != Void.class);
		field.set(test, endWith(context, of((app != null && described) ? app : describedBy(context))));
	}

	private static Rehearsal endWith(ExtensionContext context, Rehearsal rehearsal) {
		Store store = context.getStore(NAMESPACE);
		Running running = store.get(Running.class, Running.class);
		if (running == null) {
			running = new Running(new ConcurrentLinkedQueue<>());
			store.put(Running.class, running);
		}
		running.rehearsals().add(rehearsal);
		return rehearsal;
	}

	private static RehearsedApp describedBy(ExtensionContext context) {
		Optional<RehearsedApp> described = context.getElement()
			.map((element) -> element.getAnnotation(RehearsedApp.class))
			.or(() -> context.getTestClass().map(RehearsalExtension::onClass));
		return described.orElseThrow(() -> new ExtensionConfigurationException(
				"There is nothing to rehearse: put @RehearsedApp on the test or its class, "
						+ "or register RehearsalExtension.of(…) in a static field"));
	}

	private static @Nullable RehearsedApp onClass(Class<?> type) {
		RehearsedApp app = type.getAnnotation(RehearsedApp.class);
		Class<?> enclosing = type.getEnclosingClass();
		return (app != null || enclosing == null) ? app : onClass(enclosing);
	}

	private static Rehearsal of(RehearsedApp app) {
		PodSpec pod = launch(app).jvmOption(app.jvmOptions())
			.argument(app.arguments())
			.readiness(Probe.httpGet(app.readiness()).withPeriod(Duration.ofSeconds(1)))
			.gracePeriod(Durations.parse("gracePeriod of @RehearsedApp", app.gracePeriod()))
			.build();
		return Rehearsal.of(pod)
			.replicas(app.replicas())
			.path(app.path())
			.lag(Durations.parse("lag of @RehearsedApp", app.lag()));
	}

	private static PodSpec.Builder launch(RehearsedApp app) {
		boolean main = app.mainClass() != Void.class;
		if (main == !app.jar().isEmpty()) {
			throw new ExtensionConfigurationException("@RehearsedApp needs either a jar or a mainClass");
		}
		if (main) {
			return PodSpec.mainClass(app.mainClass().getName());
		}
		Path jar = Path.of(app.jar());
		if (!Files.isRegularFile(jar)) {
			throw new ExtensionConfigurationException("There is no jar " + jar.toAbsolutePath()
					+ ", which @RehearsedApp names: it is there after 'package', in integration tests");
		}
		return PodSpec.jar(jar);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		close(context);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		close(context);
	}

	private static void close(ExtensionContext context) {
		Running running = context.getStore(NAMESPACE).remove(Running.class, Running.class);
		if (running != null) {
			running.rehearsals().forEach(Rehearsal::close);
		}
	}

	/**
	 * The rehearsals that were handed out for a test or a class.
	 *
	 * @param rehearsals the rehearsals
	 */
	private record Running(Queue<Rehearsal> rehearsals) {
	}

}

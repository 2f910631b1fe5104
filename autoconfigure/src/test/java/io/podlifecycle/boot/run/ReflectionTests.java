package io.podlifecycle.boot.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Handle;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the library does by reflection has a hint for native images, or is named as a
 * limit in {@code docs/compatibility.md}: found in the byte code of all of its classes.
 */
class ReflectionTests {

	/**
	 * What they reach is named in strings, or is in
	 * {@link PodLifecycleRuntimeHintsTests}; Spring has hints for properties and for
	 * scheduled methods, and GraalVM for services. What a user names is a limit.
	 */
	private static final List<String> KNOWN = List.of("Activation", "ClientProbes", "EarlyProbes", "EmitterCompletion",
			"EndpointContainers", "ExecutorStopTimeouts", "JdbcDrivers", "JdbcProbeFactory", "JmsStopTimeouts",
			"PhaseTimeouts", "PodLifecycleMessagingAutoConfiguration", "PodLifecycleRuntimeHints", "PollingEndpoints",
			"ProbeLogSilencer", "PropertyNames", "RedisStreams", "SchedulerBeans", "SignalTable",
			"StreamReturnValuePostProcessor", "TomcatConnections", "TomcatRequestPeers", "UncountedExecutors",
			"WatchedReactiveHandler", "WatchedWebSocketHandler", "WebSocketCloseTimeout");

	/** It is asked for as a property. */
	private static final String NO_CLASS = "org.springframework.boot.test.context.SpringBootTestContextBootstrapper";

	private final Set<String> callers = new TreeSet<>();

	private final Map<String, Set<String>> names = new TreeMap<>();

	ReflectionTests() throws IOException {
		try (Stream<Path> files = Files.walk(classes())) {
			files.filter((file) -> file.toString().endsWith(".class")).forEach(this::read);
		}
	}

	private static Path classes() {
		return Path.of(URI.create(
				String.valueOf(PodLifecycleRuntimeHints.class.getProtectionDomain().getCodeSource().getLocation())));
	}

	@Test
	void whatUsesReflectionIsKnown() {
		assertThat(this.callers).containsExactlyElementsOf(KNOWN);
	}

	@Test
	void everyClassThatIsNamedInAStringHasAHint() {
		RuntimeHints hints = new RuntimeHints();
		new PodLifecycleRuntimeHints().registerHints(hints, getClass().getClassLoader());
		List<String> classes = this.callers.stream()
			.flatMap((caller) -> this.names.getOrDefault(caller, Set.of()).stream())
			.filter((name) -> !name.equals(NO_CLASS))
			.filter((name) -> ClassUtils.isPresent(name, getClass().getClassLoader()))
			.toList();
		assertThat(classes).hasSizeGreaterThan(10)
			.filteredOn((name) -> !RuntimeHintsPredicates.reflection().onType(TypeReference.of(name)).test(hints))
			.isEmpty();
	}

	private void read(Path file) {
		try {
			new ClassReader(Files.readAllBytes(file)).accept(new ClassVisitor(SpringAsmInfo.ASM_VERSION) {

				private String caller = "";

				@Override
				public void visit(int version, int access, String name, String signature, String superName,
						String[] interfaces) {
					this.caller = name.replaceAll(".*/|\\$.*", "");
				}

				@Override
				public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
						String[] exceptions) {
					return new Calls(this.caller);
				}

			}, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isReflective(String type, String method) {
		return switch (type) {
			case "java/lang/Class" -> method.matches("forName|newInstance|get(Declared)?(Field|Method|Constructor)s?");
			case "org/springframework/util/ClassUtils" ->
				method.matches("forName|isPresent|resolveClassName|get.*Method.*");
			case "org/springframework/util/ReflectionUtils", "java/lang/reflect/Proxy", "java/util/ServiceLoader",
					"java/lang/invoke/MethodHandles$Lookup", "org/springframework/beans/DirectFieldAccessor",
					"org/springframework/beans/PropertyAccessorFactory", "org/springframework/beans/BeanUtils" ->
				true;
			default -> false;
		};
	}

	private final class Calls extends MethodVisitor {

		private final String caller;

		Calls(String caller) {
			super(SpringAsmInfo.ASM_VERSION);
			this.caller = caller;
		}

		@Override
		public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
			if (isReflective(owner, name)) {
				ReflectionTests.this.callers.add(this.caller);
			}
		}

		@Override
		public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
			for (Object argument : arguments) {
				if (argument instanceof Handle handle && isReflective(handle.getOwner(), handle.getName())) {
					ReflectionTests.this.callers.add(this.caller);
				}
			}
		}

		@Override
		public void visitLdcInsn(Object value) {
			if (value instanceof String name && name.matches("[a-z]\\w*(\\.\\w+)+")) {
				ReflectionTests.this.names.computeIfAbsent(this.caller, (key) -> new TreeSet<>()).add(name);
			}
		}

	}

}

package io.podlifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.podlifecycle.boot.startup.StartupWait;
import io.podlifecycle.report.Trigger;
import io.podlifecycle.shutdown.ShutdownSupervisor;
import io.podlifecycle.shutdown.SupervisedApplication;
import io.podlifecycle.time.Sleeper;
import io.podlifecycle.time.Ticker;
import io.podlifecycle.work.InFlight;
import io.podlifecycle.work.Peers;
import io.podlifecycle.work.Traffic;
import io.podlifecycle.work.Work;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The house rules of the design. Takes seconds, since it reads every class of the library
 * and all that these refer to.
 */
@AnalyzeClasses(packages = "io.podlifecycle",
		importOptions = { ImportOption.DoNotIncludeTests.class, ArchitectureTests.ThisModule.class })
class ArchitectureTests {

	private static final String[] CORE = { "io.podlifecycle.time..", "io.podlifecycle.dependency..",
			"io.podlifecycle.report..", "io.podlifecycle.stream..", "io.podlifecycle.work..",
			"io.podlifecycle.shutdown.." };

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching("io.podlifecycle.(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule theCoreKnowsNoFramework = noClasses().that()
		.resideInAnyPackage(CORE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "jakarta..", "io.micrometer..", "org.apache..", "io.lettuce..",
				"com.rabbitmq..", "com.mongodb..", "org.bson..", "io.grpc..", "java.sql..", "org.eclipse..",
				"io.netty..", "io.rsocket..", "reactor..");

	@ArchTest
	static final ArchRule theCoreKnowsNoAdapter = noClasses().that()
		.resideInAnyPackage(CORE)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.podlifecycle.boot..", "io.podlifecycle.web..", "io.podlifecycle.actuate..",
				"io.podlifecycle.probe..", "io.podlifecycle.messaging..", "io.podlifecycle.task..",
				"io.podlifecycle.grpc..", "io.podlifecycle.rsocket..", "io.podlifecycle.registry..",
				"io.podlifecycle.earlyprobe..", "io.podlifecycle.warmup..");

	@ArchTest
	static final ArchRule onlyAutoConfigurationKnowsConditions = noClasses().that()
		.haveNameNotMatching(".*(Configuration|Condition|ConditionalOn\\w+)(\\$.*)?")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.boot.autoconfigure",
				"org.springframework.boot.autoconfigure.condition..");

	@ArchTest
	static final ArchRule timeIsInjected = noClasses().that()
		.resideOutsideOfPackage("io.podlifecycle.time..")
		.should()
		.callMethod(System.class, "nanoTime")
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethod(Instant.class, "now")
		.orShould()
		.callMethod(Clock.class, "systemUTC")
		.orShould()
		.callMethod(Thread.class, "sleep", long.class)
		.orShould()
		.callMethod(TimeUnit.class, "sleep", long.class);

	/** What blocks on a socket or in a driver has a deadline in real time. */
	@ArchTest
	static final ArchRule timeIsInjectedWhereThingsArePutTogether = noClasses().that()
		.resideOutsideOfPackage("io.podlifecycle.time..")
		.and()
		.haveNameNotMatching(".*Configuration(\\$.*)?")
		.and()
		.haveSimpleNameNotContaining("EarlyProbeServers")
		.and()
		.doNotBelongToAnyOf(StartupWait.class, ShutdownSupervisor.class, SupervisedApplication.class)
		.should()
		.callMethod(Ticker.class, "system")
		.orShould()
		.callMethod(Sleeper.class, "system");

	@ArchTest
	static final ArchRule noFieldIsInjected = fields().should()
		.notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
		.andShould()
		.notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value");

	@ArchTest
	static final ArchRule noStaticStateIsMutable = fields().that().areStatic().should().beFinal();

	@ArchTest
	static final ArchRule packagesAreNullMarked = classes().that()
		.haveSimpleName("package-info")
		.should(beAnnotatedWith(NullMarked.class));

	/**
	 * Which files a SIGTERM crosses, and how they are counted:
	 * {@code docs/adr/0013-one-supervisor.md}.
	 */
	@ArchTest
	static void aSigtermCrossesTenFiles(JavaClasses library) {
		JavaClass supervisor = library.get(ShutdownSupervisor.class);
		Set<JavaCodeUnit> reached = new LinkedHashSet<>();
		Deque<JavaCodeUnit> next = new ArrayDeque<>(
				List.of(supervisor.getMethod("received", Trigger.class), supervisor.getMethod("act")));
		while (!next.isEmpty()) {
			JavaCodeUnit unit = next.remove();
			if (isOurs(unit.getOwner()) && reached.add(unit)) {
				unit.getCallsFromSelf().forEach((call) -> call.getTarget().resolveMember().ifPresent(next::add));
				unit.getCodeUnitReferencesFromSelf()
					.forEach((reference) -> reference.getTarget().resolveMember().ifPresent(next::add));
			}
		}
		assertThat(reached).extracting((unit) -> outermost(unit.getOwner()))
			.filteredOn(ArchitectureTests::acts)
			.extracting(JavaClass::getSimpleName)
			.containsOnly("SignalTable", "ShutdownSupervisor", "SupervisedApplication", "Lifecycle", "Watchdog",
					"GracefulShutdown", "ReportInProgress", "Participants", "ParticipantLoads", "ShutdownTasks");
	}

	private static boolean isOurs(JavaClass type) {
		return type.getPackageName().startsWith("io.podlifecycle");
	}

	private static JavaClass outermost(JavaClass type) {
		return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type);
	}

	/** Neither a value, nor time, nor what each request goes through. */
	private static boolean acts(JavaClass type) {
		return !type.isInterface() && !type.isEnum() && !type.isRecord()
				&& !type.getPackageName().equals(Ticker.class.getPackageName())
				&& Stream.of(InFlight.class, Work.class, Traffic.class, Peers.class)
					.noneMatch((counter) -> type.isEquivalentTo(counter)
							|| Set.of("WorkTable", "Peer").contains(type.getSimpleName()));
	}

	/**
	 * Of the packages on the class path only those of this module.
	 */
	static final class ThisModule implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("rehearsal");
		}

	}

}

package io.podlifecycle.boot.run;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.podlifecycle.boot.startup.DependenciesMissingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A property that cannot be used stops a start before it waits for anything, and says so
 * as any failure of a start does.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class PropertyCheckIntegrationTests {

	/** Nobody listens there, so that a start that waits fails with another exception. */
	private static final String[] WAIT = { "--pod-lifecycle.startup.dependencies.db=tcp://127.0.0.1:1",
			"--pod-lifecycle.startup.timeout=300ms" };

	private final StandardEnvironment environment = new StandardEnvironment();

	/** Boot leaves it set, and other tests read logs as they are by default. */
	@AfterEach
	void forgetTheFormatOfLogs() {
		System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
	}

	@ParameterizedTest
	@CsvSource({ "shutdown.grace-period,30 seconds", "shutdown.grace-period,-5s", "shutdown.propagation.max,-1s",
			"shutdown.propagation.quiet-period,-1s", "shutdown.connection-linger,-1s", "shutdown.quiesce-timeout,0s",
			"shutdown.streams.spread,-1s", "shutdown.refuse-readiness,sometimes", "startup.warm-up.count,0",
			"startup.warm-up.timeout,0s", "startup.progress-interval,-1s", "startup.early-probes.max-time,-1s",
			"startup.dns-cache.ttl,-1s", "startup.backoff.jitter,2", "journal.keep,-1" })
	void aValueThatCannotBeUsedStopsTheStartBeforeItWaits(String name, String value, CapturedOutput output) {
		Throwable failure = run("--pod-lifecycle." + name + "=" + value, "--pod-lifecycle.journal.file=target/journal");
		assertThat(failure).isNotInstanceOf(DependenciesMissingException.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "pod-lifecycle." + name)
			.containsPattern("Origin: \"pod-lifecycle[^\"]*\" from property source \"commandLineArgs\"")
			.doesNotContain("Waiting for");
	}

	@Test
	void withValuesThatCanBeUsedTheStartWaits(CapturedOutput output) {
		assertThat(run("--pod-lifecycle.shutdown.grace-period=30s")).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).contains("Waiting for");
	}

	/** The listener of the DNS cache is called before there is a logging system. */
	@ParameterizedTest
	@ValueSource(strings = { "--pod-lifecycle.startup.dns-cache.ttl=soon", "--pod-lifecycle.startup.timeout=soon" })
	void theFailureIsLoggedAsConfigured(String argument, CapturedOutput output) {
		run(argument, "--logging.structured.format.console=ecs");
		assertThat(output.getOut().lines().filter((line) -> line.contains("APPLICATION FAILED TO START")))
			.singleElement()
			.asString()
			.startsWith("{");
	}

	@ParameterizedTest
	@CsvSource({ "startup.dependencies.cache.urii, startup.dependencies.cache.uri",
			"startup.dependncies.cache, startup.dependencies", "shutdown.grace-perod, shutdown.grace-period",
			"shutdown.propagation.maxx, shutdown.propagation.max" })
	void aNameThatIsUnknownOnTheCommandLineStopsTheStart(String name, String closest, CapturedOutput output) {
		assertThat(run("--pod-lifecycle." + name + "=tcp://cache:1"))
			.isNotInstanceOf(DependenciesMissingException.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "pod-lifecycle." + name, "tcp://cache:1",
				"'pod-lifecycle." + closest + "'", "commandLineArgs");
	}

	@Test
	void aNameThatIsUnknownInAFileOfTheApplicationStopsTheStart(CapturedOutput output) {
		assertThat(run("--spring.config.name=unknown-property")).isNotInstanceOf(DependenciesMissingException.class);
		assertThat(output)
			.contains("APPLICATION FAILED TO START", "pod-lifecycle.startup.dependencies.cache.pasword",
					"class path resource [unknown-property.properties] - 1:", "cache.password'")
			.doesNotContain("s3cret");
	}

	@Test
	void theShortFormHidesTheLongOne(CapturedOutput output) {
		assertThat(run("--pod-lifecycle.startup.dependencies.db.required=false"))
			.isNotInstanceOf(DependenciesMissingException.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "pod-lifecycle.startup.dependencies.db.required");
	}

	@Test
	void anEmptyVariableTakesBackTheValueOfAFile(CapturedOutput output) {
		setVariables(Map.of("POD_LIFECYCLE_STARTUP_PROGRESS_INTERVAL", ""));
		assertThat(run("--spring.config.name=known-property")).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).doesNotContain("cannot be used");
	}

	@Test
	void anEmptyValueIsNone(CapturedOutput output) {
		assertThat(run("--pod-lifecycle.startup.progress-interval=")).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).doesNotContain("cannot be used");
	}

	/** An older version must start with the configuration of a newer one. */
	@Test
	void aNameThatIsUnknownInTheEnvironmentIsAWarning(CapturedOutput output) {
		setVariables(Map.of("POD_LIFECYCLE_SHUTDOWN_GRACE_PEROD", "5s", "PODLIFECYCLE_STARTUP_TIMEOUTT", "5s",
				"POD_LIFECYCLE_STARTUP_PROGRESS_INTERVAL", "5s"));
		assertThat(run()).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).contains("POD_LIFECYCLE_SHUTDOWN_GRACE_PEROD", "'pod-lifecycle.shutdown.grace-period'",
				"PODLIFECYCLE_STARTUP_TIMEOUTT", "'pod-lifecycle.startup.timeout'");
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN") && line.contains("INTERVAL")))
			.isEmpty();
	}

	@Test
	void aNameThatIsUnknownInWhatAConfigServerSaysIsAWarning(CapturedOutput output) {
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("server", Map.of("pod-lifecycle.shutdown.new", "s3cret")));
		assertThat(run()).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).contains("pod-lifecycle.shutdown.new").doesNotContain("s3cret");
	}

	@Test
	void serviceLinksOfKubernetesAreNoConfiguration(CapturedOutput output) {
		setVariables(Map.of("POD_LIFECYCLE_SERVICE_HOST", "10.0.0.1", "POD_LIFECYCLE_SERVICE_PORT", "80",
				"POD_LIFECYCLE_SERVICE_PORT_HTTP", "80", "POD_LIFECYCLE_PORT", "tcp://10.0.0.1:80",
				"POD_LIFECYCLE_PORT_80_TCP", "tcp://10.0.0.1:80", "POD_LIFECYCLE_PORT_80_TCP_ADDR", "10.0.0.1"));
		assertThat(run()).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).doesNotContain("POD_LIFECYCLE_");
	}

	@Test
	void aMapOfPlainValuesIsReadFromTheEnvironment(CapturedOutput output) {
		setVariables(Map.of("POD_LIFECYCLE_STARTUP_DEPENDENCIES_CACHE", "tcp://127.0.0.1:1",
				"POD_LIFECYCLE_STARTUP_DEPENDENCIES_FORTUNE_URI", "http://127.0.0.1:1/",
				"POD_LIFECYCLE_STARTUP_DEPENDENCIES_FORTUNE_PROBE_TIMEOUT", "1s",
				"POD_LIFECYCLE_STARTUP_DEPENDENCIES_FORTUNE_HEADERS_TENANT", "blue",
				"PODLIFECYCLE_STARTUP_WARMUP_REQUESTS_0_PATH", "/orders",
				"PODLIFECYCLE_STARTUP_WARMUP_REQUESTS_0_HEADERS_TENANT", "blue"));
		assertThat(run()).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).contains("cache (tcp://127.0.0.1:1)", "fortune (http://127.0.0.1:1/)")
			.doesNotContain("WARN");
	}

	/** Boot has an entry of each spelling. */
	@ParameterizedTest
	@CsvSource({ "orders-db, ORDERSDB", "ordersDb, ORDERSDB", "orders_db, ORDERSDB", "orders-db, ORDERS_DB" })
	void aVariableOverridesADependencyOfSeveralWordsAndAddsNone(String name, String variable, CapturedOutput output) {
		setVariables(Map.of("POD_LIFECYCLE_STARTUP_DEPENDENCIES_" + variable + "_URI", "tcp://127.0.0.1:2"));
		setFile("pod-lifecycle.startup.dependencies." + name + ".uri", "tcp://127.0.0.1:1");
		assertThat(run()).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).contains(name + " (tcp://127.0.0.1:2)").doesNotContain("ordersdb", "WARN");
	}

	@Test
	void aVariableOfADependencyWhoseNameBeginsLikeOthersIsNoWarning(CapturedOutput output) {
		setVariables(Map.of("POD_LIFECYCLE_STARTUP_DEPENDENCIES_ORDERS_DB_URI", "tcp://127.0.0.1:2",
				"POD_LIFECYCLE_STARTUP_DEPENDENCIES_ORDERS_DB_A_URI", "tcp://127.0.0.1:2"));
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("file",
					Map.of("pod-lifecycle.startup.dependencies.orders.uri", "tcp://127.0.0.1:1",
							"pod-lifecycle.startup.dependencies.orders-db.uri", "tcp://127.0.0.1:1",
							"pod-lifecycle.startup.dependencies.orders-db-a.uri", "tcp://127.0.0.1:1")));
		assertThat(run()).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void aVariableForADependencyWithAnUnderscoreIsAWarningThatSaysSo(CapturedOutput output) {
		setVariables(Map.of("POD_LIFECYCLE_STARTUP_DEPENDENCIES_ORDERS_DB", "tcp://127.0.0.1:2"));
		assertThat(run()).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).containsPattern("WARN.*_ORDERS_DB' is ignored.*the name of a dependency has no underscore");
	}

	@Test
	void aVariableForAPartOfAShortFormIsAWarning(CapturedOutput output) {
		setVariables(Map.of("POD_LIFECYCLE_STARTUP_DEPENDENCIES_CACHE_TIMEOUT", "2m"));
		setFile("pod-lifecycle.startup.dependencies.cache", "tcp://127.0.0.1:1");
		assertThat(run()).isInstanceOf(DependenciesMissingException.class);
		assertThat(output).containsPattern("WARN.*_CACHE_TIMEOUT' is ignored: it has no effect.*'\\.uri'");
	}

	private void setFile(String name, String value) {
		this.environment.getPropertySources().addLast(new MapPropertySource("file", Map.of(name, value)));
	}

	private void setVariables(Map<String, Object> variables) {
		this.environment.getPropertySources()
			.replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
	}

	private Throwable run(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setEnvironment(this.environment);
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] all = new String[WAIT.length + arguments.length];
		System.arraycopy(WAIT, 0, all, 0, WAIT.length);
		System.arraycopy(arguments, 0, all, WAIT.length, arguments.length);
		return catchThrowable(() -> application.run(all).close());
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}

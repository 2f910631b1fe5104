package io.podlifecycle.earlyprobe;

import java.util.List;
import java.util.function.Supplier;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Activation;
import io.podlifecycle.boot.Durations;
import io.podlifecycle.boot.EarlyProperties;
import io.podlifecycle.boot.StartupProperties.EarlyProbeServer;
import io.podlifecycle.dependency.DependencyOutcome;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.ParentContextApplicationContextInitializer;
import org.springframework.boot.web.servlet.support.ServletContextApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Answers probes from the moment on at which the environment is prepared.
 */
@Internal
public final class EarlyProbes {

	private static final Log logger = LogFactory.getLog(EarlyProbes.class);

	private static final boolean HEALTH_PRESENT = ClassUtils.isPresent(
			"org.springframework.boot.health.actuate.endpoint.HealthEndpoint", EarlyProbes.class.getClassLoader());

	private final SpringApplication application;

	private @Nullable EarlyProbeServers rooms;

	public EarlyProbes(SpringApplication application) {
		this.application = application;
	}

	/**
	 * Answer probes, unless the application has a parent that may do so already. What is
	 * wrong with a property is told later, when it can be analyzed.
	 * @param environment its environment
	 */
	public void start(ConfigurableEnvironment environment) {
		if (!isInitializedBy(ParentContextApplicationContextInitializer.class)) {
			openIfPossible(environment);
		}
	}

	/**
	 * Answer probes until the web server of a context does.
	 * @param context the context that is about to be refreshed
	 * @param missing the dependencies that did not answer so far
	 */
	public void handOver(ConfigurableApplicationContext context, Supplier<List<DependencyOutcome>> missing) {
		if (this.rooms == null) {
			openIfPossible(context.getEnvironment());
		}
		if (this.rooms != null) {
			this.rooms.handOver(context, missing);
		}
	}

	private void openIfPossible(ConfigurableEnvironment environment) {
		try {
			if (isProbed(environment) && Activation.ofStartup(environment)) {
				open(environment);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Probes are not answered before the web server starts", ex);
		}
	}

	private void open(ConfigurableEnvironment environment) {
		EarlyProbeServer properties = EarlyProperties.bind(environment, "pod-lifecycle.startup.early-probes",
				new EarlyProbeServer());
		if (EarlyProbePlan.isEnabled(properties.getEnabled(), environment)) {
			EarlyProbeServers opened = new EarlyProbeServers();
			new EarlyProbePlan(environment,
					Durations.positive("pod-lifecycle.startup.early-probes.max-time", properties.getMaxTime()))
				.rooms()
				.forEach((room) -> opened.open(room.settings(), room.phaseOfServer()));
			this.rooms = opened;
		}
	}

	private boolean isInitializedBy(Class<?> initializer) {
		return this.application.getInitializers().stream().anyMatch(initializer::isInstance);
	}

	/** An external servlet container has ports of its own, and opens them itself. */
	private boolean isProbed(ConfigurableEnvironment environment) {
		WebApplicationType chosen = environment.getProperty("spring.main.web-application-type",
				WebApplicationType.class);
		WebApplicationType type = (chosen != null) ? chosen : this.application.getWebApplicationType();
		return HEALTH_PRESENT && type != WebApplicationType.NONE
				&& !isInitializedBy(ServletContextApplicationContextInitializer.class);
	}

	/**
	 * The start has failed.
	 */
	public void close() {
		if (this.rooms != null) {
			this.rooms.close();
		}
	}

}

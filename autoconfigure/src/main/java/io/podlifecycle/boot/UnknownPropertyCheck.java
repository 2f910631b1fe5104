package io.podlifecycle.boot;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.podlifecycle.Internal;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.StringUtils;

/**
 * Finds properties that would have no effect, since there is none of that name. One that
 * the application itself brings, in a file of its class path or on its command line,
 * stops the start. One that is set from outside is a WARN: after a rollback an older
 * version has to start with the configuration of a newer one.
 */
@Internal
public final class UnknownPropertyCheck {

	private static final Log logger = LogFactory.getLog(UnknownPropertyCheck.class);

	private static final String PREFIX = "pod-lifecycle";

	private static final String VARIABLES = "POD_LIFECYCLE_STARTUP_DEPENDENCIES_";

	private static final Pattern SECRET = Pattern
		.compile("(?i)pass|pwd|secret|token|key|credential|auth|cookie|jaas|header|option");

	private final ConfigurableEnvironment environment;

	public UnknownPropertyCheck(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	public PodLifecycleProperties bind() {
		PodLifecycleProperties properties = bindAndReport();
		warnOfVariables(properties.getStartup().getDependencies().keySet());
		return properties;
	}

	private PodLifecycleProperties bindAndReport() {
		try {
			return bind(new NoUnboundElementsBindHandler(BindHandler.DEFAULT, UnknownPropertyCheck::isOfNames));
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				report(unbound.getUnboundProperties());
				return bind(BindHandler.DEFAULT);
			}
			throw ex;
		}
	}

	private PodLifecycleProperties bind(BindHandler handler) {
		return Binder.get(this.environment)
			.bind(PREFIX, Bindable.of(PodLifecycleProperties.class), handler)
			.orElseGet(PodLifecycleProperties::new);
	}

	/** The names of variables are ambiguous. */
	private static boolean isOfNames(ConfigurationPropertySource source) {
		return !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
	}

	private void report(Set<ConfigurationProperty> unbound) {
		PropertyNames names = new PropertyNames();
		for (ConfigurationProperty property : unbound) {
			String name = property.getName().toString();
			boolean known = names.contain(name);
			if (known && "".equals(this.environment.getProperty(name))) {
				continue; // an empty value takes back what others say
			}
			String closest = names.closest(name);
			String problem = known ? "it has no effect, since what is above it has a value of its own"
					: "there is no such property";
			String fix = known ? "Write all of it in the long form, with '.uri'."
					: "Remove it, or correct its name; the closest one is '" + closest + "'.";
			if (isOfApplication(property.getOrigin())) {
				throw new InvalidPropertyException(name, value(property, closest), problem, fix);
			}
			logger.warn("'" + name + "' (" + property.getOrigin() + ") is ignored: " + problem + ". " + fix);
		}
	}

	private static Object value(ConfigurationProperty property, String closest) {
		return SECRET.matcher(property.getName() + closest).find() ? "***" : property.getValue();
	}

	private static boolean isOfApplication(@Nullable Origin origin) {
		if (origin instanceof TextResourceOrigin text) {
			Resource resource = text.getResource();
			return ((resource instanceof OriginTrackedResource tracked) ? tracked.getResource()
					: resource) instanceof ClassPathResource;
		}
		return origin instanceof PropertySourceOrigin source
				&& (source.getPropertySource() instanceof CommandLinePropertySource
						|| isOfApplication(source.getOrigin()));
	}

	private void warnOfVariables(Set<String> dependencies) {
		PropertySource<?> source = this.environment.getPropertySources()
			.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		if (source instanceof SystemEnvironmentPropertySource variables) {
			List<String> ours = EnvironmentVariables.select(variables.getSource().keySet());
			if (!ours.isEmpty()) {
				PropertyNames names = new PropertyNames();
				ours.forEach((name) -> warnIfIgnored(name, withoutDash(name, dependencies), names));
			}
		}
	}

	/** Boot finds a name with a dash in a variable with an underscore, too. */
	private static String withoutDash(String variable, Set<String> dependencies) {
		return dependencies.stream()
			.filter((dependency) -> (variable + "_").startsWith(variableOf(dependency, "_") + "_"))
			.max(Comparator.comparingInt(String::length))
			.map((dependency) -> variableOf(dependency, "") + variable.substring(variableOf(dependency, "_").length()))
			.orElse(variable);
	}

	private static String variableOf(String dependency, String dash) {
		return VARIABLES + dependency.replace("-", dash).toUpperCase(Locale.ROOT);
	}

	private void warnIfIgnored(String variable, String name, PropertyNames names) {
		Optional<String> dependency = PropertyNames.dependencyOfPart(name);
		if (!names.contain(name)) {
			logger.warn("Environment variable '" + variable
					+ "' is ignored: there is no such property. The closest one is '" + names.closest(name) + "'."
					+ (dependency.isPresent() ? " In variables the name of a dependency has no underscore." : ""));
		}
		else if (dependency.filter((whole) -> StringUtils.hasText(this.environment.getProperty(whole))).isPresent()) {
			logger.warn("Environment variable '" + variable + "' is ignored: it has no effect, since '"
					+ dependency.get() + "' has a value of its own. Write all of it in the long form, with '.uri'.");
		}
	}

}

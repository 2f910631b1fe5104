package io.podlifecycle.boot.startup;

import java.util.List;

import io.podlifecycle.boot.InvalidPropertyException;
import io.podlifecycle.dependency.TlsSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.ResourceLoader;

/**
 * What Boot's SSL bundles hold, read from their properties, since the beans that have
 * them do not exist before the context is refreshed.
 */
final class TlsBundles {

	private final ConfigurableApplicationContext context;

	TlsBundles(ConfigurableApplicationContext context) {
		this.context = context;
	}

	TlsSettings settings(String property, String name) {
		try {
			SslBundle bundle = find(name);
			if (bundle != null) {
				return settings(bundle);
			}
		}
		catch (RuntimeException ex) {
			throw new InvalidPropertyException(property, name,
					"the bundle cannot be read: " + NestedExceptionUtils.getMostSpecificCause(ex).getMessage(),
					"Fix 'spring.ssl.bundle.*." + name + "'.");
		}
		throw new InvalidPropertyException(property, name, "there is no such bundle",
				"Set it to the name of a bundle under 'spring.ssl.bundle.pem' or 'spring.ssl.bundle.jks'.");
	}

	private static TlsSettings settings(SslBundle bundle) {
		return new TlsSettings(bundle.createSslContext(), bundle.getManagers().getKeyManagerFactory(),
				bundle.getManagers().getTrustManagerFactory(), list(bundle.getOptions().getCiphers()),
				list(bundle.getOptions().getEnabledProtocols()));
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

	private @Nullable SslBundle find(String name) {
		SslProperties.Bundles bundles = Binder.get(this.context.getEnvironment())
			.bindOrCreate("spring.ssl", SslProperties.class)
			.getBundle();
		ResourceLoader resourceLoader = ApplicationResourceLoader.get(this.context, true);
		PemSslBundleProperties pem = bundles.getPem().get(name);
		if (pem != null) {
			return PropertiesSslBundle.get(pem, resourceLoader);
		}
		JksSslBundleProperties jks = bundles.getJks().get(name);
		return (jks != null) ? PropertiesSslBundle.get(jks, resourceLoader) : null;
	}

}

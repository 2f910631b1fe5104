package io.podlifecycle.rehearsal.cli.advice;

import java.util.List;
import java.util.Map;

import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.ConfigDataResource;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ResourceLoader;

/**
 * Makes Spring Boot read config trees from {@link ConfigFiles}, and nothing from config
 * servers and the like, which are not available.
 */
final class OtherLocations {

	private OtherLocations() {
	}

	/** Takes the locations that are no files. */
	static final class Resolver implements ConfigDataLocationResolver<Tree>, Ordered {

		private final ResourceLoader files;

		Resolver(ResourceLoader files) {
			this.files = files;
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

		@Override
		public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
			return this.files instanceof ConfigFiles
					&& location.getValue().matches("(?!classpath:|file:)[a-z][\\w+.-]*:.*");
		}

		@Override
		public List<Tree> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
			String value = location.getValue();
			boolean tree = value.startsWith("configtree:");
			return List.of(new Tree(value, tree ? ((ConfigFiles) this.files).tree(value) : Map.of()));
		}

	}

	/** Reads what is there. */
	static final class Loader implements ConfigDataLoader<Tree> {

		@Override
		public ConfigData load(ConfigDataLoaderContext context, Tree tree) {
			return new ConfigData(List.of(new MapPropertySource(tree.name, tree.properties)));
		}

	}

	/** A config tree, which is empty for all else. */
	static final class Tree extends ConfigDataResource {

		private final String name;

		private final Map<String, Object> properties;

		Tree(String name, Map<String, Object> properties) {
			this.name = name;
			this.properties = properties;
		}

	}

}

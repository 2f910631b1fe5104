package io.podlifecycle.dependency;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * {@code file:/path}: a file or a directory is there.
 */
final class FileProbeFactory implements ProbeFactory {

	@Override
	public Set<String> schemes() {
		return Set.of("file");
	}

	@Override
	public Probe create(ProbeRequest request) {
		Path path = path(request.withoutLogin().withoutOptionsBut().target().uri());
		return (timeLimit) -> Files.exists(path) ? ProbeResult.answered() : ProbeResult.absent("no such file");
	}

	private static Path path(URI uri) {
		if (uri.getPath() == null || !uri.getPath().startsWith("/")) {
			throw new IllegalArgumentException("it has no absolute path");
		}
		try {
			return Path.of(uri);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("it is not 'file:' and a path", ex);
		}
	}

}

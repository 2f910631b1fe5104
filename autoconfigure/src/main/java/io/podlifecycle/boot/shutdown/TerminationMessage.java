package io.podlifecycle.boot.shutdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.podlifecycle.drain.ReportText;
import io.podlifecycle.drain.ShutdownReport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The file from which Kubernetes takes a container's termination message. The kubelet
 * reads 4,096 bytes, however the container ended; so the file is written again at each
 * milestone, and a kill halfway leaves the last one.
 * <p>
 * The file is written in place, since the kubelet has mounted it; where it is not there,
 * nothing is written.
 */
final class TerminationMessage {

	private static final int LIMIT = 4096;

	private static final Log logger = LogFactory.getLog(TerminationMessage.class);

	private final @Nullable Path file;

	TerminationMessage(@Nullable Path file) {
		this.file = file;
	}

	void write(ShutdownReport report) {
		if (this.file != null && Files.isRegularFile(this.file)) {
			write(this.file, ReportText.lines(report));
		}
	}

	private static void write(Path file, List<String> lines) {
		try {
			Files.write(file, ReportText.cut(String.join("\n", lines), LIMIT), StandardOpenOption.WRITE,
					StandardOpenOption.TRUNCATE_EXISTING);
		}
		catch (IOException ex) {
			logger.debug("Cannot write the termination message to " + file, ex);
		}
	}

}

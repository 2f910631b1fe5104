package io.podlifecycle.boot.shutdown;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.podlifecycle.boot.TerminationMessageFormat;
import io.podlifecycle.report.ReportData;
import io.podlifecycle.report.ReportText;
import io.podlifecycle.report.ShutdownReport;
import io.podlifecycle.report.ShutdownReport.Status;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonWriter;

/**
 * The file from which Kubernetes takes a container's termination message. The kubelet
 * reads 4,096 bytes, however the container ended; so the file is written again at the
 * beginning of each phase, and a kill halfway leaves the last one. What does not fit is
 * left out, the least important first.
 * <p>
 * The file is written in place, since the kubelet has mounted it; where it is not there,
 * or is a symbolic link, nothing is written.
 */
final class TerminationMessage {

	private static final int LIMIT = 4096;

	private static final Log logger = LogFactory.getLog(TerminationMessage.class);

	private final @Nullable Path file;

	private final TerminationMessageFormat format;

	private volatile boolean ended;

	TerminationMessage(@Nullable Path file, TerminationMessageFormat format) {
		this.file = file;
		this.format = format;
	}

	/** A report that comes late does not replace that of the end. */
	void write(ShutdownReport report) {
		this.ended |= report.status() != Status.IN_PROGRESS;
		if (this.file != null && Files.isRegularFile(this.file, LinkOption.NOFOLLOW_LINKS)
				&& !(this.ended && report.status() == Status.IN_PROGRESS)) {
			write(this.file, bytes(report));
		}
	}

	private byte[] bytes(ShutdownReport report) {
		byte[] bytes = {};
		for (int entries = ShutdownReport.MOST_ENTRIES; entries >= 0; entries--) {
			bytes = text(report.limit(entries)).getBytes(StandardCharsets.UTF_8);
			if (bytes.length <= LIMIT) {
				break;
			}
		}
		return bytes;
	}

	private String text(ShutdownReport report) {
		return switch (this.format) {
			case TEXT -> String.join("\n", ReportText.lines(report));
			case JSON -> JsonWriter.standard().writeToString(ReportData.of(report));
		};
	}

	private static void write(Path file, byte[] message) {
		try {
			Files.write(file, message, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING,
					LinkOption.NOFOLLOW_LINKS);
		}
		catch (IOException ex) {
			logger.debug("Cannot write the termination message to " + file, ex);
		}
	}

}

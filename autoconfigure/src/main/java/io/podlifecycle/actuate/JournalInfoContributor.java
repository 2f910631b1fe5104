package io.podlifecycle.actuate;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.podlifecycle.journal.Journal;
import io.podlifecycle.journal.JournalKeeper;
import io.podlifecycle.journal.Run;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * {@link InfoContributor} that tells of the runs before this one, where a journal is
 * kept.
 *
 * @since 0.1.0
 */
final class JournalInfoContributor implements InfoContributor {

	private final @Nullable JournalKeeper keeper;

	/**
	 * Create an info contributor.
	 * @param keeper keeps the journal; {@code null} if there is none
	 */
	public JournalInfoContributor(@Nullable JournalKeeper keeper) {
		this.keeper = keeper;
	}

	@Override
	public void contribute(Info.Builder builder) {
		if (this.keeper != null) {
			builder.withDetail("podLifecycle", details(this.keeper));
		}
	}

	private static Map<String, Object> details(JournalKeeper keeper) {
		Journal journal = keeper.journal();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("restarts", journal.restarts());
		details.put("uncleanEndsInARow", journal.uncleanInARow());
		journal.previous().ifPresent((run) -> details.put("lastRun", details(run)));
		if (!keeper.setAside().isEmpty()) {
			details.put("setAside", keeper.setAside().stream().map(Path::toString).toList());
		}
		return details;
	}

	private static Map<String, Object> details(Run run) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("end", run.end().id());
		if (!run.detail().isEmpty()) {
			details.put("detail", run.detail());
		}
		details.put("startedAt", run.startedAt().toString());
		details.put("lastSeenAt", run.lastSeenAt().toString());
		return details;
	}

}

package io.podlifecycle.rehearsal.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a pod left as its termination message: the shutdown report of the library as JSON,
 * which every pod is asked for, or anything else. Immutable.
 *
 * @since 0.1.0
 */
public final class TerminationMessage {

	private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {
	};

	private static final Set<String> TIMES = Set.of("elapsed", "begin", "time", "age");

	private final String message;

	private final Map<String, Object> report;

	private TerminationMessage(String message, Map<String, Object> report) {
		this.message = message;
		this.report = report;
	}

	/**
	 * Reads a message.
	 * @param message the message
	 * @return what it tells
	 */
	public static TerminationMessage of(String message) {
		// The literal null is JSON, too.
		Map<String, Object> data = message.startsWith("{") ? parse(message) : Map.of();
		return new TerminationMessage(message, data.containsKey("trigger") ? data : Map.of());
	}

	private static Map<String, Object> parse(String message) {
		try {
			return JsonMapper.shared().readValue(message, OBJECT);
		}
		catch (JacksonException ex) {
			return Map.of();
		}
	}

	/**
	 * Returns how long the shutdown took.
	 * @return the time; empty if this is no report of a shutdown that was over
	 */
	public Optional<Duration> elapsed() {
		return (this.report.get("elapsed") instanceof Number millis && !"in_progress".equals(this.report.get("status")))
				? Optional.of(Duration.ofMillis(millis.longValue())) : Optional.empty();
	}

	/**
	 * Returns the exit code that the report tells.
	 * @return the exit code, empty if it tells none
	 */
	public Optional<Integer> exitCode() {
		return (this.report.get("exitCode") instanceof Number code) ? Optional.of(code.intValue()) : Optional.empty();
	}

	/**
	 * Returns how long phases of the shutdown took.
	 * @param names their ids
	 * @return the sum of their times
	 */
	public Duration timeOf(String... names) {
		return maps(this.report.get("phases")).filter((phase) -> List.of(names).contains(phase.get("name")))
			.map((phase) -> phase.get("time"))
			.map((time) -> Duration.ofMillis((time instanceof Number millis) ? millis.longValue() : 0))
			.reduce(Duration.ZERO, Duration::plus);
	}

	private static Stream<Map<?, ?>> maps(@Nullable Object list) {
		return (list instanceof List<?> elements)
				? elements.stream().filter(Map.class::isInstance).map((element) -> (Map<?, ?>) element)
				: Stream.empty();
	}

	/**
	 * Returns the message for people.
	 * @return its lines; empty if there is none
	 */
	public String text() {
		return this.report.isEmpty() ? this.message.strip()
				: this.report.entrySet().stream().flatMap(TerminationMessage::lines).collect(Collectors.joining("\n"));
	}

	private static Stream<String> lines(Map.Entry<String, Object> entry) {
		String name = entry.getKey();
		return (entry.getValue() instanceof List<?> list)
				? list.stream().map((element) -> name + ": " + text(name, element))
				: Stream.of(name + ": " + text(name, entry.getValue()));
	}

	private static String text(String name, Object value) {
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + " " + text(String.valueOf(entry.getKey()), entry.getValue()))
				.collect(Collectors.joining(", "));
		}
		if (value instanceof List<?> list) {
			return list.stream().map(String::valueOf).collect(Collectors.joining(" < "));
		}
		return (value instanceof Number millis && TIMES.contains(name))
				? String.format(Locale.ROOT, "%.3f s", millis.longValue() / 1_000.0) : String.valueOf(value);
	}

}

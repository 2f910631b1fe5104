package io.podlifecycle.earlyprobe;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the early probe server says, in the form of Actuator's health endpoint.
 *
 * @param status the HTTP status
 * @param body the JSON
 */
record HealthAnswer(int status, String body) {

	static HealthAnswer up() {
		return new HealthAnswer(200, "{\"status\":\"UP\"}");
	}

	static HealthAnswer down() {
		return new HealthAnswer(503, "{\"status\":\"DOWN\"}");
	}

	static HealthAnswer outOfService(Map<String, String> missing) {
		String details = missing.isEmpty() ? ""
				: ",\"components\":{\"podLifecycle\":{\"status\":\"OUT_OF_SERVICE\",\"details\":{\"missing\":{"
						+ missing.entrySet()
							.stream()
							.map((entry) -> quote(entry.getKey()) + ":" + quote(entry.getValue()))
							.collect(Collectors.joining(","))
						+ "}}}}";
		return new HealthAnswer(503, "{\"status\":\"OUT_OF_SERVICE\"" + details + "}");
	}

	private static String quote(String text) {
		StringBuilder json = new StringBuilder("\"");
		text.chars().forEach((c) -> json.append(escape((char) c)));
		return json.append('"').toString();
	}

	private static String escape(char c) {
		if (c == '"' || c == '\\') {
			return "\\" + c;
		}
		return (c < ' ') ? String.format("\\u%04x", (int) c) : String.valueOf(c);
	}

}

package io.podlifecycle.rehearsal.pod;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.podlifecycle.rehearsal.process.FreePort;

/**
 * The ports of one pod by their names, the main one's being empty. Immutable.
 */
final class PodPorts {

	static final String MAIN = "{port}";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{port(?:\\.([A-Za-z0-9_-]+))?}");

	private final Map<String, Integer> ports = new LinkedHashMap<>();

	private PodPorts(Set<String> names) {
		int[] free = FreePort.next(names.size());
		int next = 0;
		for (String name : names) {
			this.ports.put(name, free[next++]);
		}
	}

	static PodPorts of(PodSpec spec) {
		Set<String> names = new TreeSet<>();
		names.add("");
		spec.texts().flatMap((text) -> PLACEHOLDER.matcher(text).results()).map(PodPorts::nameOf).forEach(names::add);
		return new PodPorts(names);
	}

	private static String nameOf(MatchResult match) {
		String name = match.group(1);
		return (name != null) ? name : "";
	}

	int main() {
		return port("");
	}

	private int port(String name) {
		Integer port = this.ports.get(name);
		if (port == null) {
			throw new IllegalArgumentException("There is no port '" + name + "': the pod would need it as {port." + name
					+ "} in an option, an argument or a variable");
		}
		return port;
	}

	URI uri(String port, String path) {
		return URI.create("http://127.0.0.1:" + port(port) + path);
	}

	String fillIn(String text) {
		return PLACEHOLDER.matcher(text).replaceAll((match) -> String.valueOf(port(nameOf(match))));
	}

}

package io.podlifecycle.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The fortunes: a new one every two seconds.
 */
final class Fortunes {

	static final Duration CHANGE = Duration.ofSeconds(2);

	private static final List<String> FORTUNES = List.of("A door that closes slowly pinches no fingers.",
			"You will soon be replaced by somebody just like you.",
			"Who says goodbye before leaving is called back less often.",
			"Someone is still writing to your old address. Wait for the letter.",
			"Today, thirty seconds will be enough.", "The guest who waits at the door sees when the kitchen opens.",
			"Silence means nothing in a house that nobody visits.", "A healthy pulse is not yet a good morning.",
			"Promise only as much time as you were given.", "You will be asked twice. The second time they mean it.",
			"He who retries at once meets everybody else who did.", "The last to leave writes down why.");

	private Fortunes() {
	}

	static String at(Instant time) {
		long turn = time.toEpochMilli() / CHANGE.toMillis();
		return FORTUNES.get(Math.floorMod(turn, FORTUNES.size()));
	}

}

package io.podlifecycle.process;

import java.io.IOException;
import java.time.Duration;

import io.podlifecycle.rehearsal.process.HttpProbe;

/**
 * Asks for liveness without a pause, one connection after the other.
 */
final class LivenessWatch {

	private int answered;

	private int wrong;

	private int refused;

	private Duration longestGap = Duration.ZERO;

	private boolean lastAnswered;

	private LivenessWatch() {
	}

	static LivenessWatch until(Service service, String fragment) {
		LivenessWatch watch = new LivenessWatch();
		long lastAnswer = System.nanoTime();
		while (!service.log().contains(fragment)) {
			watch.askOnce(service);
			if (watch.lastAnswered) {
				Duration gap = Duration.ofNanos(System.nanoTime() - lastAnswer);
				watch.longestGap = (gap.compareTo(watch.longestGap) > 0) ? gap : watch.longestGap;
				lastAnswer = System.nanoTime();
			}
		}
		return watch;
	}

	private void askOnce(Service service) {
		try {
			HttpProbe.Answer answer = service.get("/actuator/health/liveness");
			this.lastAnswered = true;
			this.answered++;
			this.wrong += (answer.status() == 200) ? 0 : 1;
		}
		catch (IOException ex) {
			this.lastAnswered = false;
			this.refused++;
		}
	}

	int answered() {
		return this.answered;
	}

	int wrong() {
		return this.wrong;
	}

	@Override
	public String toString() {
		return this.answered + " answers, " + this.wrong + " not 200, " + this.refused + " refused, longest gap "
				+ this.longestGap.toMillis() + " ms";
	}

}

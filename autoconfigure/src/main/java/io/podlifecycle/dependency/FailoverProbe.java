package io.podlifecycle.dependency;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.podlifecycle.time.Deadline;
import io.podlifecycle.time.Ticker;

/**
 * Several servers of which one is enough. A try goes from one to the next as long as
 * nothing is there; the first live one ends it, so that a try is one log-in whatever the
 * number of servers. One that says "not yet" leaves the next try to its successor.
 */
final class FailoverProbe implements Probe {

	private final List<Server> servers;

	private final AtomicInteger first = new AtomicInteger();

	FailoverProbe(List<Server> servers) {
		this.servers = List.copyOf(servers);
	}

	@Override
	public ProbeResult check(Duration timeLimit) throws Exception {
		Deadline deadline = Deadline.after(timeLimit, Ticker.system());
		int count = this.servers.size();
		int start = this.first.get();
		ProbeResult absence = ProbeResult.absent("no server");
		for (int i = 0; i < count; i++) {
			int index = (start + i) % count;
			// A host that swallows packets must not use up the time of the others.
			ProbeResult result = this.servers.get(index).check(deadline.share(count - i));
			switch (result.status()) {
				case ANSWERED -> {
					this.first.set(index);
					return result;
				}
				case NOT_YET, REFUSED, TIMED_OUT -> {
					this.first.set((index + 1) % count);
					return result;
				}
				case ABSENT -> absence = (i == 0) ? result : absence;
			}
		}
		return absence;
	}

	/**
	 * One of the servers.
	 *
	 * @param target where it is
	 * @param probe checks it
	 */
	record Server(Target target, Probe probe) {

		ProbeResult check(Duration timeLimit) throws Exception {
			ProbeResult result = this.probe.check(timeLimit);
			return (result.status() == ProbeResult.Status.ANSWERED) ? result
					: new ProbeResult(result.status(), this.target + ": " + result.detail());
		}

	}

}

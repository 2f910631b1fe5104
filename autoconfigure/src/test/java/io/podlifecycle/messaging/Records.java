package io.podlifecycle.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.podlifecycle.rehearsal.process.AppProcess;

/**
 * What became of the records, by the logs of the processes that listened one after the
 * other.
 *
 * @param total how many there were
 * @param begun each beginning of a record's processing
 * @param done each end of it
 */
record Records(int total, List<Integer> begun, List<Integer> done) {

	static Records of(int total, AppProcess... listeners) {
		List<Integer> begun = new ArrayList<>();
		List<Integer> done = new ArrayList<>();
		for (AppProcess listener : listeners) {
			listener.log().forEach((line) -> {
				if (line.text().startsWith("begin ")) {
					begun.add(Integer.valueOf(line.text().substring("begin ".length())));
				}
				else if (line.text().startsWith("done ")) {
					done.add(Integer.valueOf(line.text().substring("done ".length())));
				}
			});
		}
		return new Records(total, begun, done);
	}

	List<Integer> missing() {
		TreeSet<Integer> seen = new TreeSet<>(this.done);
		return IntStream.rangeClosed(1, this.total).boxed().filter((record) -> !seen.contains(record)).toList();
	}

	int doneTwice() {
		return this.done.size() - new TreeSet<>(this.done).size();
	}

	int triedAgain() {
		return this.begun.size() - new TreeSet<>(this.begun).size();
	}

	@Override
	public String toString() {
		return this.total + " records, " + missing().size() + " never done, " + doneTwice() + " done twice, "
				+ triedAgain() + " tried again";
	}

}

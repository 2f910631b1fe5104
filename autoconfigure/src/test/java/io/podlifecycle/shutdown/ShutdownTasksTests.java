package io.podlifecycle.shutdown;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.podlifecycle.report.ShutdownReport.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ShutdownTasksTests {

	private final Queue<Runnable> waiting = new ArrayDeque<>();

	@Test
	void withoutAnyAreOver() {
		assertThat(new ShutdownTasks(Runnable::run).areOver()).isTrue();
	}

	@Test
	void areOverWhenTheLastOneIs() {
		ShutdownTasks tasks = new ShutdownTasks(this.waiting::add);
		tasks.start("one", () -> {
		});
		tasks.start("two", () -> {
			throw new IllegalStateException("broken");
		});
		assertThat(tasks.areOver()).isFalse();
		assertThat(tasks.problems()).extracting(Problem::toString)
			.containsExactly("one does not end", "two does not end");
		this.waiting.remove().run();
		assertThat(tasks.areOver()).isFalse();
		assertThat(tasks.problems()).extracting(Problem::toString).containsExactly("two does not end");
		this.waiting.remove().run();
		assertThat(tasks.areOver()).isTrue();
		assertThat(tasks.problems()).extracting(Problem::toString)
			.containsExactly("two failed: java.lang.IllegalStateException: broken");
	}

	@Test
	void oneThatFindsNoThreadHasFailed() {
		ShutdownTasks tasks = new ShutdownTasks((task) -> {
			throw new RejectedExecutionException("full");
		});
		tasks.start("one", () -> {
		});
		assertThat(tasks.areOver()).isTrue();
		assertThat(tasks.problems()).extracting(Problem::toString)
			.containsExactly("one failed: java.util.concurrent.RejectedExecutionException: full");
	}

	@Test
	void oneThatStillRunsIsInterrupted() throws InterruptedException {
		ShutdownTasks tasks = new ShutdownTasks(Participants.threadPerTask(null));
		CountDownLatch running = new CountDownLatch(1);
		AtomicBoolean daemon = new AtomicBoolean();
		tasks.start("one", () -> {
			daemon.set(Thread.currentThread().isDaemon());
			running.countDown();
			new CountDownLatch(1).await();
		});
		running.await();
		assertThat(tasks.areOver()).isFalse();
		tasks.giveUp();
		await().until(tasks::areOver);
		assertThat(tasks.problems()).extracting(Problem::toString)
			.containsExactly("one failed: java.lang.InterruptedException");
		assertThat(daemon).isTrue();
	}

	@Test
	void oneThatIsOverIsNotInterrupted() {
		ShutdownTasks tasks = new ShutdownTasks(Runnable::run);
		tasks.start("one", () -> {
		});
		tasks.giveUp();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void aReceiverIsCalledInTurnAndHoldsUpNoOther() {
		List<String> events = new ArrayList<>();
		ShutdownTasks tasks = new ShutdownTasks(this.waiting::add);
		for (String receiver : List.of("one", "two")) {
			tasks.startInOrder(receiver, receiver, () -> events.add(receiver + " begins"));
			tasks.startInOrder(receiver, receiver, () -> events.add(receiver + " ends"));
		}
		assertThat(this.waiting).hasSize(2);
		Runnable hanging = this.waiting.remove();
		while (!this.waiting.isEmpty()) {
			this.waiting.remove().run();
		}
		assertThat(events).containsExactly("two begins", "two ends");
		assertThat(tasks.areOver()).isFalse();
		assertThat(tasks.problems()).extracting(Problem::toString).containsExactly("one does not end");
		hanging.run();
		this.waiting.remove().run();
		assertThat(events).endsWith("one begins", "one ends");
		assertThat(tasks.areOver()).isTrue();
	}

	@Test
	void aReceiverThatHasFailedIsCalledAgain() {
		List<String> events = new ArrayList<>();
		ShutdownTasks tasks = new ShutdownTasks(Runnable::run);
		tasks.startInOrder(this, "one", () -> {
			throw new NoClassDefFoundError("absent");
		});
		tasks.startInOrder(this, "one", () -> events.add("again"));
		assertThat(events).containsExactly("again");
		assertThat(tasks.problems()).extracting(Problem::toString)
			.containsExactly("one failed: java.lang.NoClassDefFoundError: absent");
	}

	@Test
	void whereThereIsNoThreadLeftTheNextOneIsTriedAllTheSame() {
		List<String> events = new ArrayList<>();
		List<Executor> executors = new ArrayList<>(List.of(this.waiting::add, (task) -> {
			throw new OutOfMemoryError("unable to create native thread");
		}, Runnable::run));
		ShutdownTasks tasks = new ShutdownTasks((task) -> executors.remove(0).execute(task));
		tasks.startInOrder(this, "one", () -> events.add("one"));
		tasks.startInOrder(this, "two", () -> events.add("two"));
		tasks.startInOrder(this, "three", () -> events.add("three"));
		this.waiting.remove().run();
		assertThat(events).containsExactly("one", "three");
		assertThat(tasks.areOver()).isTrue();
		assertThat(tasks.problems()).extracting(Problem::toString)
			.containsExactly("two failed: java.lang.OutOfMemoryError: unable to create native thread");
	}

}

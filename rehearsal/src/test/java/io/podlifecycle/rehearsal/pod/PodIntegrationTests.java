package io.podlifecycle.rehearsal.pod;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.podlifecycle.rehearsal.App;
import io.podlifecycle.rehearsal.process.HttpProbe;
import io.podlifecycle.rehearsal.rollout.PodEvent;
import io.podlifecycle.rehearsal.rollout.PodEvent.Kind;
import io.podlifecycle.rehearsal.rollout.PodLife;
import io.podlifecycle.rehearsal.time.Stopwatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PodIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Duration OFTEN = Duration.ofMillis(200);

	private final String name = "app-of-" + ProcessHandle.current().pid();

	private final Stopwatch stopwatch = Stopwatch.start();

	private final List<PodEvent> heard = new CopyOnWriteArrayList<>();

	@Test
	void livesAndLeavesInTheOrderOfTheKubelet(@TempDir Path directory) throws Exception {
		Path written = directory.resolve("init");
		PodSpec spec = app("--leave=9000").initContainer("/bin/sh", "-c", "echo $HOSTNAME {port} > " + written)
			.startup(probe("/livez").withFailureThreshold(100))
			.liveness(probe("/livez"))
			.preStop(PreStop.httpGet("/asked"))
			.build();
		try (Pod pod = start(spec)) {
			until(pod::isReady);
			assertThat(Files.readString(written)).isEqualTo(this.name + " " + pod.endpoint().getPort() + "\n");
			pod.delete();
			assertThat(pod.isReady()).isFalse();
			until(pod::isTerminated);
			PodLife life = pod.life();
			assertThat(life.events()).extracting(PodEvent::kind)
				.filteredOn((kind) -> kind != Kind.NOT_READY)
				.containsExactly(Kind.CREATED, Kind.INIT_STARTED, Kind.INIT_ENDED, Kind.STARTED, Kind.STARTUP_SUCCEEDED,
						Kind.READY, Kind.DELETED, Kind.PRE_STOP_STARTED, Kind.PRE_STOP_ENDED, Kind.SIGTERM, Kind.EXITED,
						Kind.TERMINATED);
			assertThat(life.events()).isEqualTo(this.heard);
			assertThat(life.events()).extracting(PodEvent::at).isSorted();
			assertThat(life.first(Kind.PRE_STOP_ENDED).orElseThrow().detail()).isEqualTo("status 200");
			assertThat(life.exitCode()).isEqualTo(143);
			assertThat(life.terminationMessage()).isEqualTo("good bye");
			assertThat(life.log()).extracting((line) -> line.text()).contains("leaving, as was asked");
			assertThat(life.restarts()).isZero();
		}
	}

	@Test
	void whenTheProcessDoesNotLeaveIsKilledAtTheEndOfTheGracePeriodFromWhichTheHookIsTaken() throws Exception {
		PodSpec spec = app("--ignore-sigterm").gracePeriod(Duration.ofSeconds(3))
			.preStop(PreStop.sleep(Duration.ofMillis(800)))
			.build();
		try (Pod pod = start(spec)) {
			until(pod::isReady);
			pod.delete();
			until(pod::isTerminated);
			PodLife life = pod.life();
			Duration deleted = at(life, Kind.DELETED);
			assertThat(at(life, Kind.SIGTERM)).isGreaterThanOrEqualTo(deleted.plusMillis(800));
			assertThat(at(life, Kind.SIGKILL)).isBetween(deleted.plusMillis(2_900), deleted.plusSeconds(60));
			assertThat(life.exitCode()).isEqualTo(137);
		}
	}

	@Test
	void aHookThatOutlivesTheGracePeriodIsCutOffAndTwoSecondsAreLeft() throws Exception {
		PodSpec spec = app("--ignore-sigterm").gracePeriod(Duration.ofSeconds(1))
			.preStop(PreStop.exec("sleep", "300"))
			.build();
		try (Pod pod = start(spec)) {
			until(pod::isReady);
			pod.delete();
			until(pod::isTerminated);
			PodLife life = pod.life();
			assertThat(life.first(Kind.PRE_STOP_ENDED).orElseThrow().detail()).contains("cut off");
			assertThat(at(life, Kind.SIGKILL)).isGreaterThanOrEqualTo(at(life, Kind.SIGTERM).plusMillis(1_900));
		}
	}

	@Test
	void whenLivenessFailsTheProcessIsStartedAgainFirstAtOnceThenAfterABackOff() throws Exception {
		PodSpec spec = app("--alive-for=5").startup(probe("/livez").withFailureThreshold(300))
			.liveness(probe("/livez").withFailureThreshold(2))
			.backOffFactor(0.01)
			.build();
		try (Pod pod = start(spec)) {
			until(() -> pod.life().restarts() >= 2 && pod.isReady());
			PodLife life = pod.life();
			assertThat(life.first(Kind.PROBE_GAVE_UP).orElseThrow().detail()).contains("liveness", "/livez", "503");
			assertThat(life.events()).filteredOn((event) -> event.kind() == Kind.BACK_OFF)
				.extracting(PodEvent::detail)
				.startsWith("0 ms", "100 ms");
			assertThat(life.exitCode()).isNull();
		}
	}

	@Test
	void whenTheStartupProbeGivesUpTheProcessIsEnded() throws Exception {
		PodSpec spec = app().startup(probe("/wrong").withFailureThreshold(2))
			.restartPolicy(RestartPolicy.NEVER)
			.build();
		try (Pod pod = start(spec)) {
			until(pod::isTerminated);
			PodLife life = pod.life();
			assertThat(life.first(Kind.READY)).isEmpty();
			assertThat(life.first(Kind.PROBE_GAVE_UP).orElseThrow().detail()).contains("startup", "/wrong");
			assertThat(life.exitCode()).isEqualTo(143);
		}
	}

	@Test
	void readinessNeedsAsManyAnswersInARowAsItsThresholds() throws Exception {
		PodSpec spec = app("--never-ready").build();
		try (Pod pod = start(spec)) {
			// The name ends with a process id, which may contain 503.
			until(() -> pod.describe(5).contains("/readyz: status 503"));
			until(() -> pod.describe(5).contains("started on port"));
			assertThat(pod.isReady()).isFalse();
			assertThat(pod.describe(5)).contains(this.name);
		}
	}

	@Test
	void closingEndsTheProcessAndRemovesItsFiles() throws Exception {
		Pod pod = start(app("--ignore-sigterm").build());
		until(pod::isReady);
		URI uri = URI.create("http://127.0.0.1:" + pod.endpoint().getPort() + "/");
		assertThat(HttpProbe.create().get(uri).status()).isEqualTo(204);
		long pid = Long.parseLong(pod.life().first(Kind.STARTED).orElseThrow().detail().replace("process ", ""));
		pod.close();
		assertThat(ProcessHandle.of(pid)).isEmpty();
		assertThat(pod.isTerminated()).isTrue();
		assertThat(workplaces()).isEmpty();
	}

	@Test
	void whenThereIsNoJavaTellsWhy(@TempDir Path directory) throws Exception {
		try (Pod pod = start(app().javaHome(directory).build())) {
			until(pod::isTerminated);
			assertThat(pod.describe(5)).contains(directory.toString());
		}
	}

	@Test
	void aProbeOfAPortThatThePodDoesNotHaveIsRefused() throws Exception {
		PodSpec spec = app().liveness(probe("/livez").withPort("management")).build();
		assertThatIllegalArgumentException().isThrownBy(() -> start(spec)).withMessageContaining("{port.management}");
		assertThat(workplaces()).isEmpty();
	}

	private Pod start(PodSpec spec) {
		return Pod.start(this.name, spec, this.stopwatch, new Pod.Listener() {

			@Override
			public void event(String pod, PodEvent event) {
				PodIntegrationTests.this.heard.add(event);
			}

			@Override
			public void changed() {
			}

		});
	}

	private static PodSpec.Builder app(String... arguments) {
		return PodSpec.mainClass(App.class.getName())
			.argument(arguments)
			.jvmOption("-XX:TieredStopAtLevel=1", "-Xshare:auto")
			.readiness(probe("/readyz"));
	}

	private static Probe probe(String path) {
		return Probe.httpGet(path).withPeriod(OFTEN).withTimeout(Duration.ofSeconds(10));
	}

	private static Duration at(PodLife life, Kind kind) {
		return life.first(kind).orElseThrow().at();
	}

	private List<Path> workplaces() throws IOException {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith(this.name + "-")).toList();
		}
	}

	private static void until(BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + LONG.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).isLessThan(deadline);
			TimeUnit.MILLISECONDS.sleep(10);
		}
	}

}

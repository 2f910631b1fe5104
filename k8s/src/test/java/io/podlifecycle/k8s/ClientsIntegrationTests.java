package io.podlifecycle.k8s;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.podlifecycle.k8s.PodHistory.PodEnd;
import io.podlifecycle.k8s.ServedApplication.Happening;
import io.podlifecycle.k8s.ServedApplication.Seen;
import io.podlifecycle.rehearsal.assertj.RolloutAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients of all kinds see while pods leave: those that keep their connection, that
 * open one for each request, that speak HTTP/2, that follow server-sent events, and that
 * listen to a WebSocket. The sample app is there twice, with the library and without, and
 * the same happens to both at the same time, on a cluster that learns late that a pod has
 * terminated.
 */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
class ClientsIntegrationTests {

	private static final int REPLICAS = 2;

	/** So many, and each kind of client has failed without the library. */
	private static final int SITUATIONS = 4;

	private static final Integer SIGTERM = 143;

	private static final List<String> KINDS = List.of("kept-alive", "fresh", "http2-kept-alive", "sse", "websocket");

	private static final String WITH = "with-library";

	private static final String WITHOUT = "without-library";

	/** Its streams would hold it past the grace period, and SIGKILL would end them. */
	private static final Map<String, String> PLAIN = Map.of("POD_LIFECYCLE_ENABLED", "false",
			"SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", "8s");

	private final Map<String, Long> failedWithout = new HashMap<>();

	private int situations;

	private PodStories stories;

	private ServedApplication with;

	private ServedApplication without;

	private Cluster cluster;

	@BeforeAll
	void deploy(Cluster cluster, TestNamespace namespace) throws Exception {
		Images.sampleApp(cluster);
		ServedApplication.deploy(namespace, WITH, 1, (container) -> {
		});
		ServedApplication.deploy(namespace, WITHOUT, 1,
				(container) -> PLAIN.forEach((name, value) -> Manifests.environment(name, value).accept(container)));
		Images.load(cluster);
		this.cluster = cluster;
		this.stories = new PodStories(cluster.client(), namespace.name());
		this.with = ServedApplication.await(cluster, namespace, WITH, this.stories);
		this.without = ServedApplication.await(cluster, namespace, WITHOUT, this.stories);
		// Until the nodes know all pods, the connections would all go to the first.
		Settling.awaitEndpoints();
		this.with.load().awaitReady();
		this.without.load().awaitReady();
	}

	@AfterAll
	void eachKindOfClientFailedWithoutTheLibrary() throws Exception {
		this.stories.close();
		LoadPod.Result with = this.with.load().stop();
		System.out.printf("CLIENTS %s, over all, with the library: %s%n", this.cluster, with);
		System.out.printf("CLIENTS %s, over all, without it: %s%n", this.cluster, this.without.load().stop());
		assertThat(with.failed()).as(with.json()).isZero();
		if (this.situations >= SITUATIONS) {
			assertThat(this.failedWithout).containsOnlyKeys(KINDS)
				.allSatisfy((kind, failed) -> assertThat(failed).as(kind).isPositive());
		}
	}

	@Test
	@Order(1)
	void aRollingUpdate() throws Exception {
		Both seen = play("rolling update of 1 replica", 1, (application) -> application.deployment().update());
		// Every stream is one of a pod that leaves. Requests fail by chance.
		assertThat(seen.without().failed("sse")).isPositive();
		assertThat(seen.without().failed("websocket")).isPositive();
	}

	@Test
	@Tag("full")
	@Order(2)
	void theDeletionOfAPod() throws Exception {
		play("deletion of one of 2 pods", REPLICAS, ServedApplication::deleteOne);
	}

	@Test
	@Tag("full")
	@Order(3)
	void aDrainThatADisruptionBudgetSlowsDown() throws Exception {
		play("eviction of 2 pods, one after another", REPLICAS,
				(application) -> assertThat(application.drain()).as("refused evictions").isPositive());
	}

	@Test
	@Tag("full")
	@Order(4)
	void aScaleDown() throws Exception {
		play("scale-down from 2 to 1", REPLICAS, (application) -> application.deployment().scale(1));
	}

	@Test
	@Tag("full")
	@Order(5)
	void aRollingUpdateOfASingleReplicaWithSurgeIsWhatTheRehearsalRehearses() throws Exception {
		Both seen = play("rolling update of 1 replica with surge", 1,
				(application) -> application.deployment().update());
		CompletableFuture<RehearsedUpdate> other = CompletableFuture.supplyAsync(() -> RehearsedUpdate.of(PLAIN));
		RehearsedUpdate with = RehearsedUpdate.of(Map.of());
		RehearsedUpdate without = other.get();
		System.out.printf("REHEARSAL with the library: %s; on the cluster: %s%n", with, seen.with().stories());
		System.out.printf("REHEARSAL without it: %s; on the cluster: %s%n", without, seen.without().stories());
		RolloutAssert.assertThat(with.rollout()).hasNoFailedRequests();
		RolloutAssert.assertThat(without.rollout()).hasFailedRequests();
		assertSameStory(seen.with(), with);
		assertSameStory(seen.without(), without);
	}

	private static void assertSameStory(Seen cluster, RehearsedUpdate rehearsal) {
		List<String> rehearsed = rehearsal.storyOfTheOldPod();
		assertThat(rehearsed).endsWith(PodStories.Story.exited(SIGTERM));
		assertThat(cluster.stories()).singleElement().satisfies((story) -> {
			// An old cluster does not always tell how a container ended.
			boolean told = cluster.ends().get(0).exitCode() != null;
			assertThat(story).isEqualTo(told ? rehearsed : rehearsed.subList(0, rehearsed.size() - 1));
		});
	}

	private Both play(String situation, int replicas, Happening what) throws Exception {
		CompletableFuture<Seen> other = CompletableFuture.supplyAsync(() -> during(this.without, replicas, what));
		Seen with = during(this.with, replicas, what);
		Seen without = other.get();
		for (int again = 1; again < 3 && without.failed() == 0; again++) {
			// The nodes learned at once, by chance: one round of kube-proxy is as short.
			without = during(this.without, replicas, what);
		}
		System.out.printf("CLIENTS %s, %s, with the library: %s%n", this.cluster, situation, with);
		System.out.printf("CLIENTS %s, %s, without it: %s%n", this.cluster, situation, without);
		assertThat(with.clients()).containsOnlyKeys(KINDS)
			.allSatisfy((kind, counts) -> assertThat(counts.failed()).as(kind).isZero())
			.allSatisfy((kind, counts) -> assertThat(counts.requests() + counts.events()).as(kind).isPositive());
		assertThat(with.ends()).isNotEmpty()
			.extracting(PodEnd::exitCode)
			.filteredOn(Objects::nonNull)
			.allSatisfy((code) -> assertThat(code).isEqualTo(SIGTERM));
		assertThat(without.failed()).isPositive();
		without.clients().forEach((kind, counts) -> this.failedWithout.merge(kind, counts.failed(), Long::sum));
		this.situations++;
		return new Both(with, without);
	}

	private static Seen during(ServedApplication application, int replicas, Happening what) {
		try {
			if (application.deployment().pods().size() != replicas) {
				application.deployment().scale(replicas);
				Settling.awaitEndpoints();
			}
			return application.during(what);
		}
		catch (Exception ex) {
			throw new CompletionException(application.name(), ex);
		}
	}

	private record Both(Seen with, Seen without) {
	}

}

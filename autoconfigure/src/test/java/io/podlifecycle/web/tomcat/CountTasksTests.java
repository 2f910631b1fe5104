package io.podlifecycle.web.tomcat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardThreadExecutor;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class CountTasksTests {

	private final Connector connector = new Connector();

	static Stream<Executor> pools() {
		return Stream.of(new java.util.concurrent.ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new TaskQueue()),
				new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new TaskQueue()), new StandardThreadExecutor());
	}

	/**
	 * Tomcat has numbers of threads for meters only of executors whose type it knows.
	 * JUnit closes none of them: from JDK 19 on it would, and Tomcat's executor fails
	 * then.
	 */
	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("pools")
	void aPoolThatCountsItselfIsLeftAlone(Executor pool) {
		assertThat(counted(pool)).isSameAs(pool);
		assertThat(CountTasks.unfinished(pool)).isZero();
	}

	@Test
	void aServiceStaysAService() throws Exception {
		ExecutorService service = Executors.unconfigurableExecutorService(Executors.newSingleThreadExecutor());
		Executor counted = counted(service);
		assertThat(counted).isInstanceOf(ExecutorService.class);
		assertThat(((ExecutorService) counted).submit(() -> CountTasks.unfinished(counted)).get(60, TimeUnit.SECONDS))
			.isEqualTo(1);
		((ExecutorService) counted).shutdown();
		assertThat(((ExecutorService) counted).awaitTermination(60, TimeUnit.SECONDS)).isTrue();
		assertThat(service.isTerminated()).isTrue();
		assertThat(CountTasks.unfinished(counted)).isZero();
	}

	@Test
	void anExecutorThatIsNoServiceIsNoneAfterwards() {
		Queue<Runnable> tasks = new ArrayDeque<>();
		Executor counted = counted(tasks::add);
		assertThat(counted).isNotInstanceOf(ExecutorService.class);
		counted.execute(() -> assertThat(CountTasks.unfinished(counted)).isEqualTo(1));
		assertThat(CountTasks.unfinished(counted)).isEqualTo(1);
		tasks.remove().run();
		assertThat(CountTasks.unfinished(counted)).isZero();
	}

	private Executor counted(Executor executor) {
		this.connector.getProtocolHandler().setExecutor(executor);
		new CountTasks().customize(this.connector);
		return this.connector.getProtocolHandler().getExecutor();
	}

}

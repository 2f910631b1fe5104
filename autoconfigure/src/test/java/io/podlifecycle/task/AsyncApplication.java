package io.podlifecycle.task;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service whose requests hand over work and do not wait for it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
@Import(AsyncApplication.Worker.class)
@RestController
class AsyncApplication {

	private final Worker worker;

	AsyncApplication(Worker worker) {
		this.worker = worker;
	}

	public static void main(String[] args) {
		SpringApplication.run(AsyncApplication.class, args);
	}

	@GetMapping("/submit")
	String submit(@RequestParam String name, @RequestParam int tasks, @RequestParam long ms)
			throws InterruptedException {
		for (int task = 1; task <= tasks; task++) {
			this.worker.work(name + " " + task, ms);
		}
		return name;
	}

	@GetMapping("/endless")
	void endless(@RequestParam int tasks) {
		for (int task = 1; task <= tasks; task++) {
			this.worker.workForEver();
		}
	}

	@Bean
	@ConditionalOnBooleanProperty("app.thread-per-task")
	SimpleAsyncTaskExecutor taskExecutor(SimpleAsyncTaskExecutorBuilder builder) {
		return builder.build();
	}

	/** With a JDK that has them. The tests are compiled for one that has not. */
	@Bean("taskExecutor")
	@ConditionalOnBooleanProperty("app.virtual-executor")
	ExecutorService virtualThreads() throws ReflectiveOperationException {
		return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

	static class Worker {

		@Async
		void work(String task, long ms) throws InterruptedException {
			System.out.println("begin " + task + " in " + Thread.currentThread());
			TimeUnit.MILLISECONDS.sleep(ms);
			System.out.println("done " + task);
		}

		/** Whoever interrupts it. */
		@Async
		void workForEver() {
			while (true) {
				LockSupport.park();
				Thread.interrupted();
			}
		}

	}

}

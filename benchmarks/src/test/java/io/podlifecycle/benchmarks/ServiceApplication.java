package io.podlifecycle.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A small service, which knows nothing of the library.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class ServiceApplication {

	private static final int SLOW_SECONDS = 5;

	private final CountDownLatch missing;

	ServiceApplication(@Value("${crowd.size:1}") int crowd) {
		this.missing = new CountDownLatch(crowd);
	}

	public static void main(String[] args) {
		SpringApplication.run(ServiceApplication.class, args);
		ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
		System.out.printf("Main thread: %d ns, %d bytes; classes loaded: %d%n", threads.getCurrentThreadCpuTime(),
				threads.getCurrentThreadAllocatedBytes(),
				ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
	}

	@GetMapping("/hello")
	String hello() {
		return "ok";
	}

	@GetMapping("/slow")
	String slow() throws InterruptedException {
		System.out.println("One is slow");
		TimeUnit.SECONDS.sleep(SLOW_SECONDS);
		return "ok";
	}

	/** Answers some time after the whole crowd has asked. */
	@GetMapping("/all")
	String all() throws InterruptedException {
		this.missing.countDown();
		if (this.missing.getCount() == 0) {
			System.out.println("All are here");
		}
		this.missing.await();
		TimeUnit.SECONDS.sleep(SLOW_SECONDS);
		return "ok";
	}

}

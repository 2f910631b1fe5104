package io.podlifecycle.process;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * What a {@link ServiceApplication} answers slowly on a servlet container.
 */
@RestController
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class ServletEndpoints {

	private static final Log logger = LogFactory.getLog(ServletEndpoints.class);

	@GetMapping("/slow")
	String slow(@RequestParam long ms) throws InterruptedException {
		logger.info("Slow request begins, for " + ms + " ms");
		TimeUnit.MILLISECONDS.sleep(ms);
		return "slow";
	}

	@GetMapping("/async")
	Callable<String> async(@RequestParam long ms) {
		return () -> slow(ms);
	}

	@GetMapping("/hang/sync")
	String hang() {
		logger.info("Request hangs: sync");
		Hangs.hang();
		return "never";
	}

	@GetMapping("/hang/async")
	Callable<String> hangAsynchronously() {
		logger.info("Request hangs: async");
		return () -> {
			Hangs.hang();
			return "never";
		};
	}

	@GetMapping("/hang/streaming")
	StreamingResponseBody hangStreaming() {
		logger.info("Request hangs: streaming");
		return (body) -> {
			body.write('s');
			body.flush();
			Hangs.hang();
		};
	}

}

package io.podlifecycle.process;

import java.io.IOException;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A {@link StreamApplication} that also answers in ways that are easily overlooked.
 */
@Configuration(proxyBeanMethods = false)
@Import({ StreamApplication.class, AnswersApplication.Reset.class })
@RestController
class AnswersApplication {

	private static final int MORE_THAN_A_BUFFER = 100_000;

	public static void main(String[] args) {
		SpringApplication.run(AnswersApplication.class, args);
	}

	/** Answers before the body of the request has arrived. */
	@PostMapping("/refuse")
	ResponseEntity<String> refuse() {
		return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("refused");
	}

	@RestController
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class Reset {

		@GetMapping("/reset")
		void reset(HttpServletResponse response) throws IOException {
			ServletOutputStream out = response.getOutputStream();
			response.reset();
			out.write(new byte[MORE_THAN_A_BUFFER]);
		}

	}

}

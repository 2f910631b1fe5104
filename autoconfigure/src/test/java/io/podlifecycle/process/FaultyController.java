package io.podlifecycle.process;

import java.util.ArrayList;
import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Requests that go wrong. Added to the {@link ServiceApplication} as a further source.
 */
@RestController
class FaultyController {

	static final String SOURCE = "--spring.main.sources=" + FaultyController.class.getName();

	@GetMapping("/out-of-memory")
	int outOfMemory() {
		List<byte[]> hoard = new ArrayList<>();
		while (hoard.size() < Integer.MAX_VALUE) {
			hoard.add(new byte[16 * 1024 * 1024]);
		}
		return hoard.size();
	}

	@GetMapping("/stack-overflow")
	int stackOverflow(@RequestParam(defaultValue = "0") int depth) {
		return (depth < Integer.MAX_VALUE) ? 1 + stackOverflow(depth + 1) : depth;
	}

}

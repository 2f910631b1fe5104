package io.podlifecycle.rehearsal.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.podlifecycle.rehearsal.load.Failure.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadResultTests {

	private final LoadResult result = new LoadResult(Instant.parse("2026-11-22T12:00:00Z"), Duration.ofMillis(1_500),
			20, 4, Map.of(Kind.STATUS, 1L, Kind.EOF, 2L),
			List.of(new Failure(Duration.ofMillis(12), "kept-alive-1", Kind.EOF, "a \"quote\", a \\ and a\nline", 7),
					new Failure(Duration.ofMillis(13), "fresh-2", Kind.STATUS, "503", 0)),
			Duration.ofNanos(1_234_567), Duration.ofMillis(20), Duration.ofMillis(31),
			List.of(new ClientsResult("sse", 2, 1, 40)));

	@Test
	void isOneLineAsText() {
		assertThat(this.result).hasToString("20 requests on 4 connections in 1.5 s, 3 failed {EOF=2, STATUS=1}, "
				+ "latency p50 1.2 ms, p99 20.0 ms, max 31.0 ms");
	}

	@Test
	void countsByKind() {
		assertThat(this.result.failed()).isEqualTo(3);
		assertThat(this.result.failed(Kind.EOF)).isEqualTo(2);
		assertThat(this.result.failed(Kind.REFUSED)).isZero();
	}

}

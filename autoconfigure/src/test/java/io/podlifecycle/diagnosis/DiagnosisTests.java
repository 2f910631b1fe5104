package io.podlifecycle.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class DiagnosisTests {

	@Test
	void aCheckThatFailsKeepsNoOtherFromLooking() {
		AtomicInteger looks = new AtomicInteger();
		Diagnosis diagnosis = new Diagnosis(List.of(() -> {
			throw new IllegalStateException("broken");
		}, () -> {
			looks.incrementAndGet();
			return Optional.empty();
		}));
		diagnosis.onApplicationEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0],
				new GenericApplicationContext(), null));
		assertThat(looks).hasValue(1);
	}

}

package io.podlifecycle.rehearsal.rollout;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TerminationMessageTests {

	@Test
	void aReportIsDataAndHasATextForPeople() {
		TerminationMessage message = TerminationMessage.of("""
				{"status":"overdue","trigger":"sigterm","exitCode":70,"elapsed":6012,"problems":[],"hanging":[
				{"kind":"bean_stop","bean":"one","phase":7,"stack":["a","b"]}],"phases":[
				{"name":"drain","begin":12,"time":1500},{"name":"close","begin":1512,"time":4500}]}""");
		assertThat(message.elapsed()).contains(Duration.ofMillis(6012));
		assertThat(message.exitCode()).contains(70);
		assertThat(message.timeOf("drain", "close", "propagation")).isEqualTo(Duration.ofSeconds(6));
		assertThat(message.text()).isEqualTo("""
				status: overdue
				trigger: sigterm
				exitCode: 70
				elapsed: 6.012 s
				hanging: kind bean_stop, bean one, phase 7, stack a < b
				phases: name drain, begin 0.012 s, time 1.500 s
				phases: name close, begin 1.512 s, time 4.500 s""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "good bye", "{\"trigger\":\"sigterm\"", "{\"other\":1}", "[1]", "7" })
	void anythingElseIsItsOwnText(String text) {
		TerminationMessage message = TerminationMessage.of(text + "\n");
		assertThat(message.text()).isEqualTo(text);
		assertThat(message.elapsed()).isEmpty();
		assertThat(message.exitCode()).isEmpty();
		assertThat(message.timeOf("drain")).isZero();
	}

}

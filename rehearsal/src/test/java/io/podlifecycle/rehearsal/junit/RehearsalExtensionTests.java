package io.podlifecycle.rehearsal.junit;

import java.time.Duration;

import io.podlifecycle.rehearsal.App;
import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.pod.PodSpec;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.podlifecycle.rehearsal.assertj.RolloutAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

class RehearsalExtensionTests {

	@Nested
	@RehearsedApp(mainClass = App.class, arguments = "--leave=2500", readiness = "/readyz", lag = "300ms")
	class OfAnAnnotation {

		@Test
		void aRehearsalIsHandedOut(Rehearsal rehearsal) {
			assertThat(rehearsal.calm(Duration.ofMillis(500)).scaleDown(1)).hasNoFailedRequests()
				.endedWithinGracePeriod();
		}

		@Test
		void eachParameterIsARehearsalOfItsOwn(Rehearsal one, Rehearsal other) {
			assertThat(one).isNotSameAs(other);
		}

	}

	@Nested
	class OfASupplier {

		private static final Rehearsal MADE = Rehearsal.of(PodSpec.mainClass(App.class.getName()).build());

		@RegisterExtension
		static final RehearsalExtension REHEARSALS = RehearsalExtension.of(() -> MADE);

		@Test
		void aRehearsalIsHandedOut(Rehearsal rehearsal) {
			assertThat(rehearsal).isSameAs(MADE);
		}

	}

}

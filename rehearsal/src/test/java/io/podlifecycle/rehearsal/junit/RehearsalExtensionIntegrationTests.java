package io.podlifecycle.rehearsal.junit;

import java.time.Duration;
import java.util.List;

import io.podlifecycle.rehearsal.App;
import io.podlifecycle.rehearsal.Rehearsal;
import io.podlifecycle.rehearsal.pod.PodSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestInstances;

import static io.podlifecycle.rehearsal.assertj.RolloutAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class RehearsalExtensionIntegrationTests {

	@Nested
	@RehearsedApp(mainClass = App.class, arguments = "--leave=9000", readiness = "/readyz", lag = "300ms")
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
	@Tag("full")
	class OfAnAnnotatedField {

		@RehearsedApp(mainClass = App.class, arguments = "--leave=9000", readiness = "/readyz", lag = "300ms")
		private @Nullable Rehearsal rehearsal;

		@Test
		void aRehearsalIsPutThere() {
			assertThat(this.rehearsal).isNotNull();
			assertThat(this.rehearsal.calm(Duration.ofMillis(500)).scaleDown(1)).hasNoFailedRequests();
		}

	}

	@Nested
	@RehearsedApp(mainClass = App.class)
	class OfAnAnnotatedFieldThatTheClassDescribes {

		@RehearsedApp
		private @Nullable Rehearsal rehearsal;

		@Test
		void aRehearsalIsPutThere(Rehearsal other) {
			assertThat(this.rehearsal).isNotNull().isNotSameAs(other);
		}

	}

	@Test
	void aFieldOfAnotherTypeIsRefused() {
		TestInstances instances = mock(TestInstances.class);
		given(instances.getAllInstances()).willReturn(List.of(new WithAFieldOfAnotherType()));
		ExtensionContext context = mock(ExtensionContext.class);
		given(context.getRequiredTestInstances()).willReturn(instances);
		assertThatExceptionOfType(ExtensionConfigurationException.class)
			.isThrownBy(() -> new RehearsalExtension().beforeEach(context))
			.withMessageContaining("WithAFieldOfAnotherType.app")
			.withMessageContaining("type Rehearsal");
	}

	static class WithAFieldOfAnotherType {

		@RehearsedApp(mainClass = App.class)
		String app = "";

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

package io.podlifecycle.web;

import org.junit.jupiter.api.Test;

import org.springframework.web.method.HandlerMethod;

import static org.assertj.core.api.Assertions.assertThat;

class LongLivedHandlersTests {

	private final LongLivedHandlers handlers = new LongLivedHandlers();

	@Test
	void aRequestIsMarkedByItsAttribute() {
		assertThat(this.handlers.isMarked(true, null)).isTrue();
		assertThat(this.handlers.isMarked(false, null)).isFalse();
		assertThat(this.handlers.isMarked("yes", "some handler")).isFalse();
	}

	@Test
	void aRequestIsMarkedByTheMethodThatHandlesIt() throws NoSuchMethodException {
		assertThat(this.handlers.isMarked(null, new HandlerMethod(new Controller(), "poll"))).isTrue();
		assertThat(this.handlers.isMarked(null, new HandlerMethod(new Controller(), "get"))).isFalse();
	}

	@Test
	void aRequestIsMarkedByTheTypeOfItsController() throws NoSuchMethodException {
		assertThat(this.handlers.isMarked(null, new HandlerMethod(new StreamController(), "get"))).isTrue();
		// The same method, asked again.
		assertThat(this.handlers.isMarked(null, new HandlerMethod(new StreamController(), "get"))).isTrue();
	}

	static class Controller {

		@LongLived
		public void poll() {
		}

		public void get() {
		}

	}

	@LongLived
	static class StreamController {

		public void get() {
		}

	}

}

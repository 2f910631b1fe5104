package io.podlifecycle.web.servlet;

import java.io.IOException;
import java.nio.ByteBuffer;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

class SendingResponseTests {

	private final HttpServletResponse server = mock();

	private final ServletOutputStream stream = mock();

	private final SendingResponse response = new SendingResponse(this.server);

	/** A server may send it without copying it. */
	@Test
	void aBufferIsHandedOnAsItIs() throws IOException {
		ByteBuffer data = ByteBuffer.allocateDirect(1);
		given(this.server.getOutputStream()).willReturn(this.stream);
		willAnswer((invocation) -> {
			assertThat(invocation.<ByteBuffer>getArgument(0)).isSameAs(data);
			assertThat(this.response.isSending()).isTrue();
			return null;
		}).given(this.stream).write(data);
		this.response.getOutputStream().write(data);
		then(this.stream).should().write(data);
		assertThat(this.response.isSending()).isFalse();
	}

}

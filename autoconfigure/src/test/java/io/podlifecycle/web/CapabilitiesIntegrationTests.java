package io.podlifecycle.web;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.podlifecycle.rehearsal.process.FreePort;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.jetty.JettyRequestUpgradeStrategy;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application can do with what its server and Spring hand to it: the same with
 * the library as without it.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@Tag("full")
class CapabilitiesIntegrationTests {

	private static final int FILE_SIZE = 3_000_000;

	private final int port = FreePort.next();

	@TempDir
	Path directory = Path.of("");

	@BeforeEach
	void writeFile() throws IOException {
		Files.write(this.directory.resolve("file.bin"), new byte[FILE_SIZE]);
	}

	@ParameterizedTest
	@CsvSource({ "Reactive, /response, ZeroCopyHttpOutputMessage", "Reactive, /file, FileRegion",
			"Reactive, /socket, v2", "Tomcat, /file.bin, sendfile: true", "Tomcat, /api/trailers, sum: 42",
			"Tomcat, /api/upgrade, upgraded", "Tomcat, /api/socket, v2", "Jetty, /file.bin, 200",
			"Jetty, /api/trailers, sum: 42", "Jetty, /api/socket, v2" })
	void areTheSameWithTheLibraryAsWithoutIt(String server, String path, String expected) throws Exception {
		String without = answer(server, path, false);
		assertThat(without).contains(expected);
		assertThat(answer(server, path, true)).isEqualTo(without);
	}

	private String answer(String server, String path, boolean enabled) throws Exception {
		try (ConfigurableApplicationContext context = start(server, enabled)) {
			String answer = path.endsWith("/socket") ? socket(path) : get(path);
			return answer + String.join("\n", context.getBean(Observations.class).seen);
		}
	}

	private ConfigurableApplicationContext start(String server, boolean enabled) {
		Class<?> type = switch (server) {
			case "Tomcat" -> TomcatApplication.class;
			case "Jetty" -> JettyApplication.class;
			default -> ReactiveApplication.class;
		};
		return new SpringApplicationBuilder(type).registerShutdownHook(false)
			.web((type == ReactiveApplication.class) ? WebApplicationType.REACTIVE : WebApplicationType.SERVLET)
			.run("--server.port=" + this.port, "--spring.grpc.server.port=0", "--spring.mvc.servlet.path=/api",
					"--server.servlet.register-default-servlet=true", "--app.directory=" + this.directory,
					"--pod-lifecycle.enabled=" + enabled);
	}

	/** The head of the answer, but for what differs each time, and what comes last. */
	private String get(String path) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			String upgrade = path.endsWith("/upgrade") ? "Connection: Upgrade\r\nUpgrade: echo" : "Connection: close";
			String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nTE: trailers\r\n" + upgrade + "\r\n\r\n";
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
			return answer.replaceAll("(?m)^(Date|Last-Modified|ETag): .*\r\n", "").replaceAll("\0+", "(zeros)");
		}
	}

	private String socket(String path) throws Exception {
		CompletableFuture<String> text = new CompletableFuture<>();
		WebSocket socket = HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.subprotocols("v2")
			.buildAsync(URI.create("ws://localhost:" + this.port + path), new WebSocket.Listener() {

				@Override
				public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
					text.complete(data.toString());
					return CompletableFuture.completedFuture(null);
				}

			})
			.get(60, TimeUnit.SECONDS);
		return socket.getSubprotocol() + ": " + text.get(60, TimeUnit.SECONDS);
	}

	private static String capabilities(Object object) {
		return ClassUtils.getAllInterfacesAsSet(object).stream().map(Class::getName).sorted().toList().toString();
	}

	static final class Observations {

		private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class ReactiveApplication implements WebFluxConfigurer {

		private final Path file;

		ReactiveApplication(Environment environment) {
			this.file = Path.of(environment.getRequiredProperty("app.directory")).resolve("file.bin");
		}

		@Bean
		static NettyReactiveWebServerFactory server() {
			return new NettyReactiveWebServerFactory();
		}

		@Override
		public WebSocketService getWebSocketService() {
			return new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy());
		}

		@Bean
		static Observations observations() {
			return new Observations();
		}

		@GetMapping("/response")
		Mono<String> response(ServerWebExchange exchange) {
			return Mono.just(capabilities(exchange.getResponse())
					+ ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse()).getClass());
		}

		@GetMapping("/file")
		Mono<Resource> file() {
			return Mono.just(new FileSystemResource(this.file));
		}

		@Bean
		static WebServerFactoryCustomizer<NettyReactiveWebServerFactory> fileRegions(Observations observations) {
			return (factory) -> factory.addServerCustomizers((server) -> server.doOnChannelInit(
					(observer, channel, address) -> channel.pipeline().addFirst(new Writes(observations))));
		}

		@Bean
		static HandlerMapping sockets() {
			return new SimpleUrlHandlerMapping(Map.of("/socket", new WebSocketHandler() {

				@Override
				public List<String> getSubProtocols() {
					return List.of("v2");
				}

				@Override
				public Mono<Void> handle(WebSocketSession session) {
					return session.send(Mono.just(session.textMessage(
							session.getHandshakeInfo().getSubProtocol() + session.getClass() + capabilities(session))));
				}

			}), 0);
		}

	}

	static final class Writes extends ChannelOutboundHandlerAdapter {

		private final Observations observations;

		Writes(Observations observations) {
			this.observations = observations;
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
			if (message instanceof FileRegion) {
				this.observations.seen.add("FileRegion");
			}
			super.write(context, message, promise);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ServletApplication.class)
	static class TomcatApplication {

		@Bean
		TomcatServletWebServerFactory server() {
			return new TomcatServletWebServerFactory();
		}

		@Bean
		RequestUpgradeStrategy upgradeStrategy() {
			return new StandardWebSocketUpgradeStrategy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ServletApplication.class)
	static class JettyApplication {

		@Bean
		JettyServletWebServerFactory server() {
			return new JettyServletWebServerFactory();
		}

		@Bean
		RequestUpgradeStrategy upgradeStrategy() {
			return new JettyRequestUpgradeStrategy();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSocket
	@RestController
	static class ServletApplication implements WebSocketConfigurer {

		private final RequestUpgradeStrategy upgradeStrategy;

		ServletApplication(RequestUpgradeStrategy upgradeStrategy) {
			this.upgradeStrategy = upgradeStrategy;
		}

		@Bean
		static Observations observations() {
			return new Observations();
		}

		@Bean
		static WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> files(Environment environment) {
			return (factory) -> factory.setDocumentRoot(new File(environment.getRequiredProperty("app.directory")));
		}

		@Bean
		static Filter sendfile(Observations observations) {
			return (request, response, chain) -> {
				chain.doFilter(request, response);
				Object file = request.getAttribute("org.apache.tomcat.sendfile.filename");
				observations.seen.add("sendfile: " + (file != null));
			};
		}

		@GetMapping("/trailers")
		void trailers(HttpServletResponse response) throws IOException {
			response.setHeader("Trailer", "sum");
			response.setTrailerFields(() -> Map.of("sum", "42"));
			response.getOutputStream().print("body");
			response.flushBuffer();
		}

		@GetMapping("/upgrade")
		void upgrade(HttpServletRequest request, HttpServletResponse response) throws Exception {
			response.setHeader("Upgrade", "echo");
			request.upgrade(Upgraded.class);
		}

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(new TextHandler(), "/socket")
				.setHandshakeHandler(new DefaultHandshakeHandler(this.upgradeStrategy));
		}

	}

	public static final class Upgraded implements HttpUpgradeHandler {

		@Override
		public void init(WebConnection connection) {
			try (connection) {
				connection.getOutputStream().print("upgraded");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void destroy() {
			// Nothing is left.
		}

	}

	private static final class TextHandler extends TextWebSocketHandler implements SubProtocolCapable {

		@Override
		public List<String> getSubProtocols() {
			return List.of("v2");
		}

		@Override
		public void afterConnectionEstablished(org.springframework.web.socket.WebSocketSession session)
				throws Exception {
			session.sendMessage(new TextMessage(session.getAcceptedProtocol() + session.getClass()
					+ capabilities(session) + ((NativeWebSocketSession) session).getNativeSession().getClass()));
			session.close(CloseStatus.NORMAL);
		}

	}

}

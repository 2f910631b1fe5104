package io.podlifecycle.boot.run;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.micrometer.observation.ObservationRegistry;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.boot.shutdown.ApplicationSupervision;
import io.podlifecycle.boot.shutdown.IrrevocableReadiness;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.grpc.PodLifecycleGrpcAutoConfiguration;
import io.podlifecycle.messaging.PodLifecycleMessagingAutoConfiguration;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.shutdown.ShutdownListener;
import io.podlifecycle.task.PodLifecycleTaskAutoConfiguration;
import io.podlifecycle.web.PodLifecycleWebAutoConfiguration;
import io.podlifecycle.work.InFlight;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.SimpleJob;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerObservationAutoConfiguration;
import org.springframework.boot.logging.DeferredLogs;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.boot.support.EnvironmentPostProcessorsFactory;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.RegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Phased;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;
import org.springframework.web.server.WebFilter;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What is called in turn with the components of others keeps its place, whichever comes
 * first on the class path. The table in {@code docs/internals.md} names these tests.
 */
class OrdersTests {

	private static final ClassLoader CLASS_LOADER = OrdersTests.class.getClassLoader();

	private static final Class<?>[] WEB = { PodLifecycleAutoConfiguration.class,
			PodLifecycleWebAutoConfiguration.class };

	static Stream<ClassLoader> classPaths() {
		return Stream.of(CLASS_LOADER, new ReversedClassPath());
	}

	@ParameterizedTest
	@MethodSource("classPaths")
	void theRunListenerIsCalledAfterTheOneThatPublishesEvents(ClassLoader classPath) {
		ArgumentResolver arguments = ArgumentResolver.of(SpringApplication.class, new SpringApplication())
			.and(String[].class, new String[0]);
		assertThat(names(SpringFactoriesLoader.forDefaultResourceLocation(classPath)
			.load(SpringApplicationRunListener.class, arguments)))
			.containsSubsequence("EventPublishingRunListener", "PodLifecycleRunListener")
			.endsWith("PodLifecycleRunListener");
	}

	@ParameterizedTest
	@MethodSource("classPaths")
	void aCancelledStartIsReportedBeforeFailuresAreAnalyzed(ClassLoader classPath) {
		assertThat(names(SpringFactoriesLoader.forDefaultResourceLocation(classPath)
			.load(SpringBootExceptionReporter.class, arguments())))
			.containsExactly("CancelledStartReporter", "FailureAnalyzers");
	}

	@ParameterizedTest
	@MethodSource("classPaths")
	void ourFailuresAreAnalyzedBeforeTheFailuresAroundThem(ClassLoader classPath) {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation(classPath)
			.load(FailureAnalyzer.class, arguments(), FailureHandler.handleMessage((message, failure) -> {
			}));
		assertThat(analyzers).hasSizeGreaterThan(10);
		assertThat(names(analyzers).subList(0, 2)).containsExactlyInAnyOrder("DependenciesMissingFailureAnalyzer",
				"InvalidPropertyFailureAnalyzer");
	}

	@ParameterizedTest
	@MethodSource("classPaths")
	void variablesAreReadAfterBootHasReplacedThemAndBeforeFiles(ClassLoader classPath) {
		List<EnvironmentPostProcessor> all = EnvironmentPostProcessorsFactory.fromSpringFactories(classPath)
			.getEnvironmentPostProcessors(new DeferredLogs(), new DefaultBootstrapContext());
		assertThat(names(all)).containsSubsequence(
				SystemEnvironmentPropertySourceEnvironmentPostProcessor.class.getSimpleName(),
				"MapVariablesEnvironmentPostProcessor", ConfigDataEnvironmentPostProcessor.class.getSimpleName());
		assertUniqueOrder("MapVariablesEnvironmentPostProcessor", all);
	}

	@ParameterizedTest
	@MethodSource("classPaths")
	void theDnsCacheIsShortenedBetweenTheEnvironmentAndTheLoggingSystem(ClassLoader classPath) {
		List<?> all = SpringFactoriesLoader.forDefaultResourceLocation(classPath).load(ApplicationListener.class);
		assertThat(names(all)).containsSubsequence(EnvironmentPostProcessorApplicationListener.class.getSimpleName(),
				"DnsCacheApplicationListener", LoggingApplicationListener.class.getSimpleName());
		assertUniqueOrder("DnsCacheApplicationListener", all);
	}

	/** The journal is told after the supervision, whose state it asks for. */
	@Test
	void theCloseIsHeardBeforeAllOtherListeners() {
		GenericApplicationContext context = new GenericApplicationContext();
		ApplicationSupervision supervision = ApplicationSupervision.of(context);
		assertFirst(supervision, new FirstListener());
		assertThat(Orders.JOURNAL).isGreaterThan(supervision.getOrder());
	}

	@Test
	void listenersOfAnApplicationHearOfTheRefusalLast() {
		new ApplicationContextRunner().withUserConfiguration(PodLifecycleAutoConfiguration.class)
			.withBean(ReadinessListener.class)
			.run((context) -> {
				context.getBean(IrrevocableReadiness.class).refuse();
				AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
				assertThat(context.getBean(ReadinessListener.class).heard).endsWith(ReadinessState.ACCEPTING_TRAFFIC,
						ReadinessState.REFUSING_TRAFFIC);
			});
	}

	@Test
	void shutdownsAreLoggedFirstAndSourcesOfWorkComeBeforeExecutors() {
		for (List<Class<?>> sources : bothWays(
				List.<Class<?>>of(PodLifecycleAutoConfiguration.class, PodLifecycleTaskAutoConfiguration.class,
						PodLifecycleMessagingAutoConfiguration.class, ShutdownNeighbor.class))) {
			new ApplicationContextRunner().withUserConfiguration(sources.toArray(Class<?>[]::new)).run((context) -> {
				assertThat(names(context.getBeanProvider(ShutdownListener.class).orderedStream().toList()))
					.startsWith("LoggingShutdownListener")
					.contains("ShutdownNeighbor");
				assertThat(names(context.getBeanProvider(Participant.class).orderedStream().toList()))
					.containsSubsequence("ScheduledTasks", "ExecutorTasks")
					.containsSubsequence("ListenerContainers", "ExecutorTasks")
					.containsSubsequence("KafkaStreamsClose", "ExecutorTasks")
					.containsSubsequence("RedisStreams", "ExecutorTasks");
			});
		}
	}

	@Test
	void jobsAreInFlightForAllTheirListeners() {
		List<Long> counts = new ArrayList<>();
		JobRepository repository = new ResourcelessJobRepository();
		new ApplicationContextRunner()
			.withUserConfiguration(PodLifecycleAutoConfiguration.class, PodLifecycleTaskAutoConfiguration.class)
			.withBean("job", SimpleJob.class, () -> {
				SimpleJob job = new SimpleJob("job");
				job.setJobRepository(repository);
				return job;
			})
			.withInitializer((context) -> context.getBeanFactory()
				.addBeanPostProcessor(
						new JobNeighbor(context.getBeanFactory().getBeanProvider(InFlight.class), counts)))
			.run((context) -> {
				SimpleJob job = context.getBean(SimpleJob.class);
				job.registerJobExecutionListener(new JobNeighbor(context.getBeanProvider(InFlight.class), counts));
				JobParameters parameters = new JobParameters();
				job.execute(repository.createJobExecution(repository.createJobInstance("job", parameters), parameters,
						new ExecutionContext()));
				assertThat(counts).containsExactly(1L, 1L, 1L, 1L);
				assertThat(context.getBean(InFlight.class).count()).isZero();
			});
	}

	@Test
	@DisabledIfSystemProperty(named = "absent.package", matches = "org\\.springframework\\.boot\\.grpc\\.",
			disabledReason = "Spring Boot 4.0 has no gRPC servers")
	void callsAreTrackedBeforeTheyAreObserved() {
		for (boolean first : new boolean[] { true, false }) {
			new ApplicationContextRunner().withBean(ObservationRegistry.class, ObservationRegistry::create)
				.withBean(Server.class,
						() -> mock(Server.class,
								(call) -> (call.getMethod().getReturnType() == boolean.class) ? true
										: Mockito.RETURNS_DEFAULTS.answer(call)))
				.withUserConfiguration(PodLifecycleAutoConfiguration.class)
				.withUserConfiguration(sources(first, GrpcServerObservationAutoConfiguration.class,
						PodLifecycleGrpcAutoConfiguration.class))
				.run((context) -> assertThat(
						names(context.getBeanProvider(ServerInterceptor.class).orderedStream().toList()))
					.containsExactly("CallTrackingInterceptor", "ObservationGrpcServerInterceptor"));
		}
	}

	@Test
	void requestsAreTrackedBeforeAllOtherFilters() {
		for (boolean first : new boolean[] { true, false }) {
			new WebApplicationContextRunner().withBean(ObservationRegistry.class, ObservationRegistry::create)
				.withUserConfiguration(WebMvcObservationAutoConfiguration.class)
				.withUserConfiguration(sources(first, ServletNeighbors.class, WEB))
				.run((context) -> assertThat(new ServletContextInitializerBeans(context.getBeanFactory()).stream()
					.filter(RegistrationBean.class::isInstance)
					.map((registration) -> filter(registration))
					.toList()).startsWith("RequestTrackingFilter").contains("Neighbor", "ServerHttpObservationFilter"));
		}
	}

	@Test
	void exchangesAreTrackedAndTheirStreamsEndedBeforeAllOtherWebFilters() {
		for (boolean first : new boolean[] { true, false }) {
			new ReactiveWebApplicationContextRunner()
				.withUserConfiguration(sources(first, ReactiveNeighbors.class, WEB))
				.run((context) -> {
					assertThat(names(context.getBeanProvider(org.springframework.web.reactive.HandlerAdapter.class)
						.orderedStream()
						.toList())).containsExactly("ReactiveWebSocketStreams", "WebSocketHandlerAdapter");
					assertThat(names(
							context.getBeanProvider(WebFilter.class).orderedStream(ObjectProvider.UNFILTERED).toList()))
						.hasSize(3)
						.startsWith("RequestTrackingWebFilter", "WebFluxStreams");
				});
		}
	}

	@Test
	void handlersAreAdaptedBeforeSpringDoes() {
		for (boolean first : new boolean[] { true, false }) {
			new WebApplicationContextRunner()
				.withUserConfiguration(
						sources(first, WebMvcAutoConfiguration.class, DispatcherServletAutoConfiguration.class))
				.withUserConfiguration(WEB)
				.run((context) -> assertThat(
						names(context.getBeanProvider(HandlerAdapter.class).orderedStream().toList()))
					.contains("HttpRequestHandlerAdapter", "HandlerFunctionAdapter")
					.startsWith("FunctionalStreams", "WebSocketStreams"));
		}
	}

	@Test
	void streamsAreInterceptedBeforeTheInterceptorsOfAnApplication() {
		new WebApplicationContextRunner().withUserConfiguration(WEB).run((context) -> {
			Interceptors interceptors = new Interceptors();
			interceptors.addInterceptor(new Neighbor());
			context.getBean("podLifecycleMvcStreams", WebMvcConfigurer.class).addInterceptors(interceptors);
			interceptors.addInterceptor(new Neighbor()).order(Orders.INTERCEPTOR + 1);
			assertThat(names(interceptors.sorted())).containsExactly("Interceptor", "Neighbor", "Neighbor");
		});
	}

	@Test
	void phasesLieBetweenThoseOfBoot() {
		String boot = "org.springframework.boot.";
		int graceful = phase(boot + "web.server.context.WebServerGracefulShutdownLifecycle");
		assertThat(phase(boot + "web.server.servlet.context.WebServerStartStopLifecycle"))
			.isEqualTo(Orders.WEB_SERVER_PHASE);
		assertThat(phase(boot + "web.server.reactive.context.WebServerStartStopLifecycle"))
			.isEqualTo(Orders.WEB_SERVER_PHASE);
		int management = phase(boot + "actuate.autoconfigure.web.server.ChildManagementContextInitializer");
		assertThat(management).isEqualTo(Orders.MANAGEMENT_SERVER_PHASE);
		assertThat(
				List.of(Orders.WEB_SERVER_START_REFUSAL_PHASE, Orders.WEB_SERVER_PHASE - Orders.HANDOVER_BEFORE_SERVER,
						Orders.WEB_SERVER_PHASE, Orders.WEB_SERVER_STOPS_PHASE,
						management - Orders.HANDOVER_BEFORE_SERVER, management, Orders.RESPONSE_FLUSH_PHASE, graceful))
			.isSorted()
			.doesNotHaveDuplicates();
	}

	private static ArgumentResolver arguments() {
		GenericApplicationContext context = new GenericApplicationContext();
		return ArgumentResolver.of(ConfigurableApplicationContext.class, context)
			.and(BeanFactory.class, context.getBeanFactory())
			.and(Environment.class, context.getEnvironment());
	}

	private static void assertUniqueOrder(String name, List<?> all) {
		List<Integer> orders = all.stream()
			.filter((one) -> !one.getClass().getSimpleName().equals(name))
			.map((one) -> (one instanceof Ordered ordered) ? ordered.getOrder() : Ordered.LOWEST_PRECEDENCE)
			.toList();
		assertThat(all).filteredOn((one) -> one.getClass().getSimpleName().equals(name))
			.first()
			.satisfies((one) -> assertThat(orders).doesNotContain(((Ordered) one).getOrder()));
	}

	private static void assertFirst(Object first, Object neighbor) {
		for (List<Object> both : bothWays(List.of(first, neighbor))) {
			List<Object> sorted = new ArrayList<>(both);
			AnnotationAwareOrderComparator.sort(sorted);
			assertThat(sorted).containsExactly(first, neighbor);
		}
	}

	static <T> List<List<T>> bothWays(List<T> all) {
		List<T> reversed = new ArrayList<>(all);
		Collections.reverse(reversed);
		return List.of(all, reversed);
	}

	private static Class<?>[] sources(boolean first, Class<?> neighbor, Class<?>... others) {
		List<Class<?>> sources = new ArrayList<>(List.of(others));
		sources.add(first ? 0 : sources.size(), neighbor);
		return sources.toArray(Class<?>[]::new);
	}

	private static String filter(Object registration) {
		Object filter = (registration instanceof FilterRegistrationBean<?> bean) ? bean.getFilter() : null;
		return ((filter != null) ? filter : registration).getClass().getSimpleName();
	}

	private static List<String> names(List<?> components) {
		return components.stream().map((one) -> one.getClass().getSimpleName()).toList();
	}

	private static int phase(String type) {
		return ((Phased) new SpringObjenesis().newInstance(ClassUtils.resolveClassName(type, CLASS_LOADER))).getPhase();
	}

	/**
	 * Looks at what is in flight; registered before our listener, and after it.
	 *
	 * @param inFlight counts it
	 * @param counts what it sees
	 */
	record JobNeighbor(ObjectProvider<InFlight> inFlight,
			List<Long> counts) implements JobExecutionListener, BeanPostProcessor {

		@Override
		public Object postProcessBeforeInitialization(Object bean, String name) {
			if (bean instanceof SimpleJob job) {
				job.registerJobExecutionListener(this);
			}
			return bean;
		}

		@Override
		public void beforeJob(JobExecution execution) {
			this.counts.add(this.inFlight.getObject().count());
		}

		@Override
		public void afterJob(JobExecution execution) {
			this.counts.add(this.inFlight.getObject().count());
		}

	}

	/** With the resources of the class path in reverse order. */
	static final class ReversedClassPath extends ClassLoader {

		ReversedClassPath() {
			super(CLASS_LOADER);
		}

		@Override
		public Enumeration<URL> getResources(String name) throws IOException {
			List<URL> resources = Collections.list(super.getResources(name));
			Collections.reverse(resources);
			return Collections.enumeration(resources);
		}

	}

	static final class Neighbor implements Filter, HandlerInterceptor {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {
		}

	}

	@Order(Ordered.HIGHEST_PRECEDENCE)
	static final class FirstListener implements ApplicationListener<ContextClosedEvent> {

		@Override
		public void onApplicationEvent(ContextClosedEvent event) {
		}

	}

	static final class ReadinessListener implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

		private final List<ReadinessState> heard = new ArrayList<>();

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
			this.heard.add(event.getState());
		}

	}

	@Order(0)
	static final class ShutdownNeighbor implements ShutdownListener {

	}

	static final class Interceptors extends InterceptorRegistry {

		List<Object> sorted() {
			return getInterceptors();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ServletNeighbors {

		@Bean
		FilterRegistrationBean<Neighbor> neighbor() {
			FilterRegistrationBean<Neighbor> registration = new FilterRegistrationBean<>(new Neighbor());
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return registration;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveNeighbors {

		@Bean
		WebSocketHandlerAdapter webSocketHandlerAdapter() {
			return new WebSocketHandlerAdapter();
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		WebFilter neighbor() {
			return (exchange, chain) -> chain.filter(exchange);
		}

	}

}

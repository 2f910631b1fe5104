package io.podlifecycle.benchmarks;

import java.io.IOException;
import java.util.Objects;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.web.PodLifecycleWebAutoConfiguration;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * One request passes a filter: one that does nothing, the one of the library as it
 * configures it, and Spring's observation.
 */
@State(Scope.Benchmark)
public class ServletFilters {

	private final Filter empty = (request, response, chain) -> chain.doFilter(request, response);

	private final Filter tracking = trackingFilter();

	private final Filter observation = new ServerHttpObservationFilter(ObservationRegistry.create());

	private final Filter observationWithMeters = new ServerHttpObservationFilter(registryOfMeters());

	@Benchmark
	public long empty(Visit visit) throws IOException, ServletException {
		return visit.pass(this.empty);
	}

	@Benchmark
	public long tracking(Visit visit) throws IOException, ServletException {
		return visit.pass(this.tracking);
	}

	@Benchmark
	public long observation(Visit visit) throws IOException, ServletException {
		return visit.pass(this.observation);
	}

	@Benchmark
	public long observationWithMeters(Visit visit) throws IOException, ServletException {
		return visit.pass(this.observationWithMeters);
	}

	private static Filter trackingFilter() {
		ApplicationContext context = new SpringApplicationBuilder(PodLifecycleAutoConfiguration.class,
				PodLifecycleWebAutoConfiguration.class)
			.contextFactory((type) -> new AnnotationConfigServletWebApplicationContext())
			.run();
		return Objects.requireNonNull(context.getBean(FilterRegistrationBean.class).getFilter());
	}

	private static ObservationRegistry registryOfMeters() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
		return registry;
	}

	/**
	 * The requests of one thread, one after the other.
	 */
	@State(Scope.Thread)
	public static class Visit implements FilterChain {

		private final PlainRequest request = new PlainRequest();

		private final MockHttpServletResponse response = new MockHttpServletResponse();

		private long served;

		long pass(Filter filter) throws IOException, ServletException {
			filter.doFilter(this.request, this.response, this);
			this.request.recycle();
			return this.served;
		}

		@Override
		public void doFilter(ServletRequest request, ServletResponse response) {
			this.served++;
		}

	}

}

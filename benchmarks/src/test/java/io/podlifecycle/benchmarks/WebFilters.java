package io.podlifecycle.benchmarks;

import java.util.List;

import io.podlifecycle.boot.shutdown.PodLifecycleAutoConfiguration;
import io.podlifecycle.web.PodLifecycleWebAutoConfiguration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import reactor.core.Disposable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.handler.DefaultWebFilterChain;

/**
 * One exchange passes a filter of WebFlux, from its subscription until its answer is
 * committed: a filter that does nothing, and the one of the library as it configures it.
 */
@State(Scope.Benchmark)
public class WebFilters {

	private final DefaultWebFilterChain empty = chain((exchange, chain) -> chain.filter(exchange));

	private final DefaultWebFilterChain tracking = chain(trackingFilter());

	@Benchmark
	public Disposable empty() {
		return this.empty.filter(new PlainExchange()).subscribe();
	}

	@Benchmark
	public Disposable tracking() {
		return this.tracking.filter(new PlainExchange()).subscribe();
	}

	private static DefaultWebFilterChain chain(WebFilter filter) {
		return new DefaultWebFilterChain((exchange) -> exchange.getResponse().setComplete(), List.of(filter));
	}

	private static WebFilter trackingFilter() {
		return new SpringApplicationBuilder(PodLifecycleAutoConfiguration.class, PodLifecycleWebAutoConfiguration.class)
			.web(WebApplicationType.REACTIVE)
			.contextFactory((type) -> new AnnotationConfigReactiveWebApplicationContext())
			.run()
			.getBean("podLifecycleRequestTrackingWebFilter", WebFilter.class);
	}

}

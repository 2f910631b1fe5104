package io.podlifecycle.warmup;

import java.net.URI;

import io.podlifecycle.Internal;
import io.podlifecycle.boot.Attempt;
import io.podlifecycle.boot.Orders;
import io.podlifecycle.shutdown.Participant;
import io.podlifecycle.time.DurationText;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * {@link ApplicationRunner} that warms the application up through its own port, after all
 * other runners and before it is ready. A shutdown that begins meanwhile ends it.
 *
 * @since 0.1.0
 */
@Internal
public final class WarmUpRunner implements ApplicationRunner, Participant, Ordered {

	private static final Log logger = LogFactory.getLog(WarmUpRunner.class);

	private final WarmUpSettings settings;

	private final WarmUp warmUp;

	private final String scheme;

	private final Environment environment;

	/**
	 * Create a runner.
	 * @param settings how to warm up
	 * @param warmUp sends the requests
	 * @param scheme that of the web server; there is no warm-up for {@code https}, since
	 * its certificate is not made for this address
	 * @param environment knows the port of the web server
	 */
	public WarmUpRunner(WarmUpSettings settings, WarmUp warmUp, String scheme, Environment environment) {
		this.settings = settings;
		this.warmUp = warmUp;
		this.scheme = scheme;
		this.environment = environment;
	}

	@Override
	public String name() {
		return "warm-up";
	}

	/** Its requests would be in flight, and the drain would have to wait for them. */
	@Override
	public void quiesce() {
		this.warmUp.stop();
	}

	@Override
	public int getOrder() {
		return Orders.WARM_UP;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		Integer port = this.environment.getProperty("local.server.port", Integer.class);
		if (port == null || !"http".equals(this.scheme)) {
			logger.warn("No warm-up, since there is " + ((port == null) ? "no web server" : "TLS on port " + port));
			return;
		}
		if (this.settings.required()) {
			warmUp(port);
		}
		else {
			Attempt.run("warm-up", () -> warmUp(port));
		}
	}

	private void warmUp(int port) {
		String address = this.environment.getProperty("server.address", "127.0.0.1");
		String host = address.contains(":") ? "[" + address + "]" : address;
		WarmUpResult result = this.warmUp.run(URI.create("http://" + host + ":" + port));
		String summary = "Warmed up with " + result.succeeded() + " of " + result.requests() + " requests in "
				+ DurationText.seconds(result.elapsed());
		if (result.isComplete()) {
			logger.info(summary);
		}
		else if (this.warmUp.isStopped()) {
			logger.info(summary + ", when the shutdown began");
		}
		else if (this.settings.required()) {
			throw new IllegalStateException(summary + ", and 'pod-lifecycle.startup.warm-up.required' is set");
		}
		else {
			logger.warn(summary);
		}
	}

}

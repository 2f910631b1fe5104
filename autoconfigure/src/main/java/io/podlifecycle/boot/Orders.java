package io.podlifecycle.boot;

import io.podlifecycle.Internal;

import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;

/**
 * Orders and phases of all that is called in turn with components of others, each
 * relative to a neighbor. Where a neighbor may have the same order, first are those that
 * are {@link org.springframework.core.PriorityOrdered}, and last are those of
 * auto-configurations, which are the last.
 */
@Internal
public final class Orders {

	/**
	 * Last, so as not to move those of others: what an auto-configuration is ordered
	 * after is moved before all that follow it in the alphabet.
	 */
	public static final int AUTO_CONFIGURATION = Ordered.LOWEST_PRECEDENCE;

	/**
	 * After Boot's {@code EventPublishingRunListener}, and so after all listeners of its
	 * events, such as those of Docker Compose support and of Spring Cloud's bootstrap.
	 */
	public static final int RUN_LISTENER = Ordered.LOWEST_PRECEDENCE;

	/**
	 * Before Boot's {@code FailureAnalyzers}: a start that is cancelled is no failure.
	 */
	public static final int EXCEPTION_REPORTER = Ordered.HIGHEST_PRECEDENCE;

	/** Before those of Boot, which also analyze the exceptions that are around ours. */
	public static final int FAILURE_ANALYZER = Ordered.HIGHEST_PRECEDENCE;

	/**
	 * After Boot's processor that replaces the source of environment variables, and
	 * before {@code ConfigDataEnvironmentPostProcessor}, which reads files.
	 */
	public static final int ENVIRONMENT_POST_PROCESSOR = SystemEnvironmentPropertySourceEnvironmentPostProcessor.DEFAULT_ORDER
			+ 2;

	/**
	 * After the environment post-processors, and before
	 * {@code LoggingApplicationListener}, as appenders may look up a name.
	 */
	public static final int DNS_CACHE_LISTENER = EnvironmentPostProcessorApplicationListener.DEFAULT_ORDER + 5;

	/** Before all listeners: those that close meter registries and executors, too. */
	public static final int SUPERVISION = Ordered.HIGHEST_PRECEDENCE;

	/** After the supervision, before the listeners of an application. */
	public static final int JOURNAL = SUPERVISION + 1;

	/**
	 * After those of an application, which hear of the refusal last; it is added when
	 * they are.
	 */
	public static final int READINESS_REFUSAL = Ordered.LOWEST_PRECEDENCE;

	/**
	 * Before Boot's character encoding filter, the observation filter and Spring
	 * Security: what they answer is in flight, too.
	 */
	public static final int REQUEST_TRACKING = Ordered.HIGHEST_PRECEDENCE;

	/** Just after the tracking: what other filters do to a body is to see its end. */
	public static final int STREAMS_FILTER = REQUEST_TRACKING + 1;

	/** Before Spring's adapters, which do the work. */
	public static final int HANDLER_ADAPTER = Ordered.HIGHEST_PRECEDENCE;

	/** Before interceptors of an application, which may start what is asynchronous. */
	public static final int INTERCEPTOR = Ordered.HIGHEST_PRECEDENCE;

	/** Before the interceptors of observation and of security, as for requests. */
	public static final int CALL_TRACKING = Ordered.HIGHEST_PRECEDENCE;

	/** Called first when a job begins, and last when it has ended. */
	public static final int JOB_TRACKING = Ordered.HIGHEST_PRECEDENCE;

	/** After the runners of the application. */
	public static final int WARM_UP = Ordered.LOWEST_PRECEDENCE;

	/**
	 * Reported before the executors, to which it hands over work. All are asked at once,
	 * and a drain is complete when two rounds have found all of them idle.
	 */
	public static final int WORK_SOURCE = 0;

	/**
	 * Started before other listeners of a shutdown. None waits for another: each has a
	 * thread of its own.
	 */
	public static final int SHUTDOWN_LOG = Ordered.HIGHEST_PRECEDENCE;

	/** Started after the other listeners of a shutdown. */
	public static final int DRAINED_EVENT = Ordered.LOWEST_PRECEDENCE;

	/** Boot's {@code WebServerStartStopLifecycle}. */
	public static final int WEB_SERVER_PHASE = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;

	/** Boot's {@code ChildManagementContextInitializer}. */
	public static final int MANAGEMENT_SERVER_PHASE = WEB_SERVER_PHASE + 512;

	/** A handover is started before its server, to which it leaves the port. */
	public static final int HANDOVER_BEFORE_SERVER = 1;

	/** Started before the handover of the web server's port. */
	public static final int WEB_SERVER_START_REFUSAL_PHASE = WEB_SERVER_PHASE - HANDOVER_BEFORE_SERVER - 1;

	/**
	 * Stopped after Boot's {@code WebServerGracefulShutdownLifecycle}, and before the
	 * servers of the management context and of the application.
	 */
	public static final int RESPONSE_FLUSH_PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 1;

	/** Stopped just before the web server. */
	public static final int WEB_SERVER_STOPS_PHASE = WEB_SERVER_PHASE + 1;

	private Orders() {
	}

}

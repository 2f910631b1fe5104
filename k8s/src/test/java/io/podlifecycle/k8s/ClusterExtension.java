package io.podlifecycle.k8s;

import java.lang.reflect.Method;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * What {@link ClusterTest} promises.
 */
class ClusterExtension implements ExecutionCondition, ParameterResolver, AfterTestExecutionCallback {

	private static final Namespace NAMESPACE = Namespace.create(ClusterExtension.class);

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		Optional<String> reason = Clusters.reasonForNone();
		if (reason.isPresent() && context.getTestMethod().isEmpty()) {
			// Maven tells that tests were skipped, but keeps the reason to its report.
			System.out.println("SKIPPED " + context.getDisplayName() + ": " + reason.get());
		}
		return reason.map(ConditionEvaluationResult::disabled)
			.orElseGet(() -> ConditionEvaluationResult.enabled("There is a cluster"));
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == Cluster.class || type == TestNamespace.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		Cluster cluster = context.getRoot()
			.getStore(NAMESPACE)
			.computeIfAbsent(Cluster.class, (key) -> open(), Cluster.class);
		if (parameter.getParameter().getType() == Cluster.class) {
			return cluster;
		}
		return context.getStore(NAMESPACE)
			.computeIfAbsent(TestNamespace.class,
					(key) -> TestNamespace.create(cluster,
							context.getTestMethod().map(Method::getName).orElse(context.getDisplayName())),
					TestNamespace.class);
	}

	@Override
	public void afterTestExecution(ExtensionContext context) {
		@Nullable TestNamespace namespace = context.getStore(NAMESPACE).get(TestNamespace.class, TestNamespace.class);
		boolean failed = context.getExecutionException()
			.filter((ex) -> !(ex instanceof TestAbortedException))
			.isPresent();
		if (namespace != null && failed) {
			namespace.printWhatHappened();
		}
	}

	private static Cluster open() {
		try {
			return Clusters.open();
		}
		catch (Exception ex) {
			throw new ParameterResolutionException("The cluster could not be opened", ex);
		}
	}

}

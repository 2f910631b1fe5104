package io.podlifecycle.k8s;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that need a cluster. Their methods may ask for a {@link Cluster}, which all tests
 * share, and a {@link TestNamespace}, which each has for itself unless a method annotated
 * with {@code BeforeAll} has asked for one: then that is for all of the class. Without a
 * cluster they are skipped.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(ClusterExtension.class)
@interface ClusterTest {

}

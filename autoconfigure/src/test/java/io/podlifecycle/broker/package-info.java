/**
 * Real brokers in the JVM of the tests.
 */
@NullMarked
package io.podlifecycle.broker;

import org.jspecify.annotations.NullMarked;

/**
 * Tests in which a real JVM gets a real SIGTERM.
 */
@NullMarked
package io.podlifecycle.process;

import org.jspecify.annotations.NullMarked;

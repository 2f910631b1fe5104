/**
 * In-flight work and the arrival of requests. Knows no framework.
 */
@NullMarked
package io.podlifecycle.work;

import org.jspecify.annotations.NullMarked;

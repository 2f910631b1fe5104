/**
 * The fortune client of the Kubernetes books, and its fortune server.
 */
@NullMarked
package io.podlifecycle.sample;

import org.jspecify.annotations.NullMarked;

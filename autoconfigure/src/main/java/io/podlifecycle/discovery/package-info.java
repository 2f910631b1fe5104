/**
 * Finds out what an application depends on from the properties that it has for Spring
 * Boot anyway.
 */
@NullMarked
package io.podlifecycle.discovery;

import org.jspecify.annotations.NullMarked;

/**
 * What every feature takes from Spring Boot: the properties, and whether and where the
 * library is active.
 */
@NullMarked
package io.podlifecycle.boot;

import org.jspecify.annotations.NullMarked;

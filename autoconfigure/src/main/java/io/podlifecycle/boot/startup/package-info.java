/**
 * The wait for dependencies before the context is refreshed, and what holds up readiness
 * after it.
 */
@NullMarked
package io.podlifecycle.boot.startup;

import org.jspecify.annotations.NullMarked;

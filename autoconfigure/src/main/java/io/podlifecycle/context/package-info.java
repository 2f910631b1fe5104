/**
 * Joins the framework-free core to the life of a Spring application context.
 */
@NullMarked
package io.podlifecycle.context;

import org.jspecify.annotations.NullMarked;

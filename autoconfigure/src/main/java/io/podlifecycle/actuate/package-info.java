/**
 * The pod life cycle as Actuator shows it.
 */
@NullMarked
package io.podlifecycle.actuate;

import org.jspecify.annotations.NullMarked;

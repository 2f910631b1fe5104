/**
 * How an application leaves: the shutdown sequence, what is in flight, the propagation
 * delay, the budget and the report. Knows no framework.
 */
@NullMarked
package io.podlifecycle.drain;

import org.jspecify.annotations.NullMarked;

/**
 * What a graceful shutdown is made of: participants, in-flight work, the propagation
 * delay, the budget and the report. Knows no framework.
 */
@NullMarked
package io.podlifecycle.drain;

import org.jspecify.annotations.NullMarked;

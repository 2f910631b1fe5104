/**
 * Takes part in each run of a Spring application, in a fixed order.
 */
@NullMarked
package io.podlifecycle.boot.run;

import org.jspecify.annotations.NullMarked;

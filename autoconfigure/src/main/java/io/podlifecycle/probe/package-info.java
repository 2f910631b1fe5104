/**
 * Probes that speak a protocol with the application's own client library. One class for
 * each technology; none is loaded unless its library is there.
 */
@NullMarked
package io.podlifecycle.probe;

import org.jspecify.annotations.NullMarked;

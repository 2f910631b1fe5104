/**
 * Jetty's connections, told to leave.
 */
@NullMarked
package io.podlifecycle.web.jetty;

import org.jspecify.annotations.NullMarked;

/**
 * The connections of Jetty.
 */
@NullMarked
package io.podlifecycle.web.jetty;

import org.jspecify.annotations.NullMarked;

/**
 * Servlet requests, tracked while they are in flight.
 */
@NullMarked
package io.podlifecycle.web.servlet;

import org.jspecify.annotations.NullMarked;

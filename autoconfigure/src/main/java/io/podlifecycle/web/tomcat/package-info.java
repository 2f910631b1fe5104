/**
 * Tomcat's connections, told to leave.
 */
@NullMarked
package io.podlifecycle.web.tomcat;

import org.jspecify.annotations.NullMarked;

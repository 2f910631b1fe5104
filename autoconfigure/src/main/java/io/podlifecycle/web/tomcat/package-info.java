/**
 * The connections of Tomcat.
 */
@NullMarked
package io.podlifecycle.web.tomcat;

import org.jspecify.annotations.NullMarked;

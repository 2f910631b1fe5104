/**
 * Attaches an application that Spring Boot runs to the supervisor of its end.
 */
@NullMarked
package io.podlifecycle.boot.shutdown;

import org.jspecify.annotations.NullMarked;

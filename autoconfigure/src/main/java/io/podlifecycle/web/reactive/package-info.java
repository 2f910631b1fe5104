/**
 * Spring WebFlux.
 */
@NullMarked
package io.podlifecycle.web.reactive;

import org.jspecify.annotations.NullMarked;

/**
 * Service registries on the way out.
 */
@NullMarked
package io.podlifecycle.registry;

import org.jspecify.annotations.NullMarked;

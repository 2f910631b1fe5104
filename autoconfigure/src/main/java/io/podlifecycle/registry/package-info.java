/**
 * Service registries, which an instance leaves when its shutdown begins.
 */
@NullMarked
package io.podlifecycle.registry;

import org.jspecify.annotations.NullMarked;

/**
 * Service registries in the shutdown.
 */
@NullMarked
package io.podlifecycle.registry;

import org.jspecify.annotations.NullMarked;

/**
 * Auto-configuration: conditions, properties and failure analyzers, no logic.
 */
@NullMarked
package io.podlifecycle.autoconfigure;

import org.jspecify.annotations.NullMarked;

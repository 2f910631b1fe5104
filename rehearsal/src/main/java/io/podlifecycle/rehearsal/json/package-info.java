/**
 * A writer of JSON.
 */
@NullMarked
package io.podlifecycle.rehearsal.json;

import org.jspecify.annotations.NullMarked;

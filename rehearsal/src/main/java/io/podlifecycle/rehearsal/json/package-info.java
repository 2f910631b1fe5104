/**
 * How results are written as JSON.
 */
@NullMarked
package io.podlifecycle.rehearsal.json;

import org.jspecify.annotations.NullMarked;

/**
 * AssertJ assertions on what was seen in a rehearsal. Needs {@code assertj-core}.
 */
@NullMarked
package io.podlifecycle.rehearsal.assertj;

import org.jspecify.annotations.NullMarked;

/**
 * A JUnit extension, for JUnit 5 and 6, that hands out rehearsals. Needs
 * {@code junit-jupiter-api}.
 */
@NullMarked
package io.podlifecycle.rehearsal.junit;

import org.jspecify.annotations.NullMarked;

/**
 * Advice: what a manifest and the properties of an application make of each other, and
 * which values follow from a rehearsal.
 */
@NullMarked
package io.podlifecycle.rehearsal.cli.advice;

import org.jspecify.annotations.NullMarked;

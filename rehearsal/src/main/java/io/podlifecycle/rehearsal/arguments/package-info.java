/**
 * Reads the arguments of the commands.
 */
@NullMarked
package io.podlifecycle.rehearsal.arguments;

import org.jspecify.annotations.NullMarked;

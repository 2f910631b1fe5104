/**
 * What concerns all packages of the library.
 */
@NullMarked
package io.podlifecycle;

import org.jspecify.annotations.NullMarked;

/**
 * What applications say of their requests, whatever server they use.
 */
@NullMarked
package io.podlifecycle.web;

import org.jspecify.annotations.NullMarked;

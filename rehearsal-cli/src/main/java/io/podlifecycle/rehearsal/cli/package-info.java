/**
 * The command line: rehearses an application, holds manifests against its properties, and
 * puts load on a URL.
 */
@NullMarked
package io.podlifecycle.rehearsal.cli;

import org.jspecify.annotations.NullMarked;

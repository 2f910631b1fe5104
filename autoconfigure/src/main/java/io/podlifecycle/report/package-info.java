/**
 * What a shutdown is reported as: the ids that leave the process.
 */
@NullMarked
package io.podlifecycle.report;

import org.jspecify.annotations.NullMarked;

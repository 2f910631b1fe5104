/**
 * What an application needs before it can start: probes, the wait for their answers, and
 * its pace. Knows no framework.
 */
@NullMarked
package io.podlifecycle.dependency;

import org.jspecify.annotations.NullMarked;

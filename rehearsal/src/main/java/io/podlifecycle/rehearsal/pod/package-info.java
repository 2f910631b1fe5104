/**
 * The model of a pod as the kubelet runs it: a real process with probes, hooks, signals
 * and restarts.
 */
@NullMarked
package io.podlifecycle.rehearsal.pod;

import org.jspecify.annotations.NullMarked;

/**
 * What was seen in a rehearsal: the life of each pod, the endpoints of the Service, and
 * what clients got.
 */
@NullMarked
package io.podlifecycle.rehearsal.rollout;

import org.jspecify.annotations.NullMarked;

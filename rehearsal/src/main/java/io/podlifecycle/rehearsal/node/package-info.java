/**
 * A model of what one node of a cluster does with a Service: the endpoints that are ready
 * get the new connections, a while after they became ready.
 */
@NullMarked
package io.podlifecycle.rehearsal.node;

import org.jspecify.annotations.NullMarked;

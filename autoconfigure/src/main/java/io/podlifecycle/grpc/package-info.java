/**
 * gRPC servers: calls are tracked, health follows readiness, and the servers stop in the
 * drain.
 */
@NullMarked
package io.podlifecycle.grpc;

import org.jspecify.annotations.NullMarked;

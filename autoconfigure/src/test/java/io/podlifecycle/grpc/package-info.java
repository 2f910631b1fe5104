/**
 * gRPC servers in a process that gets a real SIGTERM.
 */
@NullMarked
package io.podlifecycle.grpc;

import org.jspecify.annotations.NullMarked;

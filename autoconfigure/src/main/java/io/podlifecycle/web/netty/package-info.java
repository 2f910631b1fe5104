/**
 * Reactor Netty's connections, told to leave.
 */
@NullMarked
package io.podlifecycle.web.netty;

import org.jspecify.annotations.NullMarked;

/**
 * The connections and event loops of Reactor Netty.
 */
@NullMarked
package io.podlifecycle.web.netty;

import org.jspecify.annotations.NullMarked;

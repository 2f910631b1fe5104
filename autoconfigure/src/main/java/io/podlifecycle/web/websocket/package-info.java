/**
 * WebSocket sessions on servlet servers, STOMP and SockJS included.
 */
@NullMarked
package io.podlifecycle.web.websocket;

import org.jspecify.annotations.NullMarked;

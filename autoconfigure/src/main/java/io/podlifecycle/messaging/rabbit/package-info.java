/**
 * What only RabbitMQ's listeners need.
 */
@NullMarked
package io.podlifecycle.messaging.rabbit;

import org.jspecify.annotations.NullMarked;

/**
 * What only the listeners of JMS need.
 */
@NullMarked
package io.podlifecycle.messaging.jms;

import org.jspecify.annotations.NullMarked;

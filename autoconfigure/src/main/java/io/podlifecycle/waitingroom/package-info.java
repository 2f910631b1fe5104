/**
 * What answers the kubelet's probes before the web server does. Knows no framework.
 */
@NullMarked
package io.podlifecycle.waitingroom;

import org.jspecify.annotations.NullMarked;

/**
 * What answers the kubelet's probes before the web server does. Knows no framework.
 */
@NullMarked
package io.podlifecycle.earlyprobe;

import org.jspecify.annotations.NullMarked;

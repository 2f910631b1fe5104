/**
 * The manifests, and the sample app on a real cluster. {@link ClusterTest} is where to
 * begin.
 */
@NullMarked
package io.podlifecycle.k8s;

import org.jspecify.annotations.NullMarked;

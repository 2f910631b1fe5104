@NullMarked
package io.podlifecycle.sample;

import org.jspecify.annotations.NullMarked;

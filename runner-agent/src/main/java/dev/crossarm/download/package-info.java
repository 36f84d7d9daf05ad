/** Fetching files over HTTP with a digest that is checked before anything uses them. */
@NullMarked
package dev.crossarm.download;

import org.jspecify.annotations.NullMarked;

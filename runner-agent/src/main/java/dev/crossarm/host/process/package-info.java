/** Children: starting them, reading what they say, ending them. */
@NullMarked
package dev.crossarm.host.process;

import org.jspecify.annotations.NullMarked;

/** What a terminal or a log gets to see. */
@NullMarked
package dev.crossarm.cli.display;

import org.jspecify.annotations.NullMarked;

/** The command line: commands, rendering, progress, exit statuses. */
@NullMarked
package dev.crossarm.cli;

import org.jspecify.annotations.NullMarked;

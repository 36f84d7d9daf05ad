/** Commands for the runners that Crossarm installs. */
@NullMarked
package dev.crossarm.cli.runner;

import org.jspecify.annotations.NullMarked;

/** What the action runs, also by hand: build, prove, pack, report. */
@NullMarked
package dev.crossarm.build;

import org.jspecify.annotations.NullMarked;

/** Runners that Crossarm installs: packages, folders, accounts, and the record of each. */
@NullMarked
package dev.crossarm.runner.install;

import org.jspecify.annotations.NullMarked;

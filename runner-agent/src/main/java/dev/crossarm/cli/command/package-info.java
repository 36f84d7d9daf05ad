/** What all commands share: options, invocation, the site they act on. */
@NullMarked
package dev.crossarm.cli.command;

import org.jspecify.annotations.NullMarked;

/** Commands that provision, check and prove a machine. */
@NullMarked
package dev.crossarm.cli.provision;

import org.jspecify.annotations.NullMarked;

/** Ports to the outside and their adapters: processes, files, locks, facts about the machine, time. */
@NullMarked
package dev.crossarm.host;

import org.jspecify.annotations.NullMarked;

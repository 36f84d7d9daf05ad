/** What is known of this machine and this process: accounts, facts, variables, the clock. */
@NullMarked
package dev.crossarm.host;

import org.jspecify.annotations.NullMarked;

/** What credentials for GitHub are made of: keys, files with tokens, commands that print one. Asks GitHub nothing. */
@NullMarked
package dev.crossarm.github.credential;

import org.jspecify.annotations.NullMarked;

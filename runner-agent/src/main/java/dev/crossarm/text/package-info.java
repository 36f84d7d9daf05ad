/** Text on its way in and out: lines, printable characters, sizes and times, secrets. */
@NullMarked
package dev.crossarm.text;

import org.jspecify.annotations.NullMarked;

/** The life of a registered runner: registering, looking at it, draining, removing. */
@NullMarked
package dev.crossarm.runner.life;

import org.jspecify.annotations.NullMarked;

package dev.crossarm.health;

import java.util.List;

/** Looks at one side of a host. Reads only. */
@FunctionalInterface
interface Examination {

    /** What was found, good or bad; never empty when there was something to look at. */
    List<Finding> examine();
}

/** The steps that install the distribution's packages. */
@NullMarked
package dev.crossarm.provision.packages;

import org.jspecify.annotations.NullMarked;

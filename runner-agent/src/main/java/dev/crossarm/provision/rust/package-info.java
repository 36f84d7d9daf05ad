/** The steps that install rustup and the toolchain. */
@NullMarked
package dev.crossarm.provision.rust;

import org.jspecify.annotations.NullMarked;

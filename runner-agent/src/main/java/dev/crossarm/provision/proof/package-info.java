/** The self-test: a program built, linked, inspected and run. */
@NullMarked
package dev.crossarm.provision.proof;

import org.jspecify.annotations.NullMarked;

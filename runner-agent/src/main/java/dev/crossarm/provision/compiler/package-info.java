/** The steps that make C and C++ compile for the target, and what tells cargo and jobs of it. */
@NullMarked
package dev.crossarm.provision.compiler;

import org.jspecify.annotations.NullMarked;

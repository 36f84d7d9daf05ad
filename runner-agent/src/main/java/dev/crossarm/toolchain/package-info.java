/** What turns a host into a cross-build machine: packages, Rust, compilers, cargo's configuration, and the proof. */
@NullMarked
package dev.crossarm.toolchain;

import org.jspecify.annotations.NullMarked;

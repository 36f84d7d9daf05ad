/** Reading an ELF file: what proves that a binary is static and for the right machine. */
@NullMarked
package dev.crossarm.elf;

import org.jspecify.annotations.NullMarked;

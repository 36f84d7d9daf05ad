/** Files and folders: written whole or not at all, read and removed without following what others planted. */
@NullMarked
package dev.crossarm.host.files;

import org.jspecify.annotations.NullMarked;

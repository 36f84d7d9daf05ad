package dev.crossarm.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** Ways in which a file or folder can be no longer what it was; each can be taken back. */
enum Spoiling {
    /** It is not there any more. */
    AWAY {
        @Override
        boolean spoil(Path path, Path aside) throws IOException {
            Files.move(path, aside);
            return true;
        }

        @Override
        void undo(Path path, Path aside) throws IOException {
            Files.move(aside, path);
        }
    },
    /** A file has other content of the same size. */
    OTHER_CONTENT {
        @Override
        boolean spoil(Path path, Path aside) throws IOException {
            return invert(path);
        }

        @Override
        void undo(Path path, Path aside) throws IOException {
            invert(path);
        }

        private boolean invert(Path path) throws IOException {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) == 0) {
                return false;
            }
            byte[] content = Files.readAllBytes(path);
            content[content.length / 2] ^= 1;
            Files.write(path, content);
            return true;
        }
    },
    /** A file is shorter. */
    CUT {
        @Override
        boolean spoil(Path path, Path aside) throws IOException {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) == 0) {
                return false;
            }
            Files.copy(path, aside);
            byte[] content = Files.readAllBytes(path);
            Files.write(path, Arrays.copyOf(content, content.length / 2));
            return true;
        }

        @Override
        void undo(Path path, Path aside) throws IOException {
            Files.write(path, Files.readAllBytes(aside));
            Files.delete(aside);
        }
    },
    /** Somebody put something into a folder. */
    STRANGER {
        @Override
        boolean spoil(Path path, Path aside) throws IOException {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.createFile(path.resolve("stranger"));
            return true;
        }

        @Override
        void undo(Path path, Path aside) throws IOException {
            Files.delete(path.resolve("stranger"));
        }
    },
    /** Its owner may do less with it or more. */
    OTHER_MODE {
        @Override
        boolean spoil(Path path, Path aside) throws IOException {
            return toggle(path);
        }

        @Override
        void undo(Path path, Path aside) throws IOException {
            toggle(path);
        }

        private boolean toggle(Path path) throws IOException {
            if (Files.isSymbolicLink(path)) {
                return false;
            }
            PosixFilePermission right =
                    Files.isDirectory(path) ? PosixFilePermission.OTHERS_EXECUTE : PosixFilePermission.OWNER_EXECUTE;
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
            if (!mode.remove(right)) {
                mode.add(right);
            }
            Files.setPosixFilePermissions(path, mode);
            return true;
        }
    };

    /**
     * Does it, or says that there is nothing to do it to.
     *
     * @param aside a free name outside the host, to keep things under until {@link #undo}
     */
    abstract boolean spoil(Path path, Path aside) throws IOException;

    /** Takes it back. */
    abstract void undo(Path path, Path aside) throws IOException;
}

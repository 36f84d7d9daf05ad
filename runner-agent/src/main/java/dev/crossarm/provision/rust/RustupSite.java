package dev.crossarm.provision.rust;

import dev.crossarm.plan.Progress;
import java.nio.file.Path;
import java.util.Optional;

/** Fetches what rustup's site, or a mirror of it, offers. */
interface RustupSite {

    /**
     * A small text; empty when the server says that there is no such file.
     *
     * @throws dev.crossarm.problem.CrossarmException when the server cannot be reached or answers with something else
     */
    Optional<String> text(String address);

    /**
     * A file, in place only when its digest is right, with mode {@code rwxr-xr-x}.
     *
     * @param sha256 64 hexadecimal digits
     */
    void program(String address, String sha256, Path target, Progress progress);
}

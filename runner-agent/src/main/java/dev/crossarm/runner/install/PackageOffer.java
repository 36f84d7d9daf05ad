package dev.crossarm.runner.install;

import dev.crossarm.text.Secret;
import dev.crossarm.text.Sha256;
import java.net.URI;
import java.util.Optional;

/**
 * A package of the runner that can be downloaded and checked.
 *
 * @param version what it holds
 * @param address where it is
 * @param digest of the whole file
 * @param token for a server that hands it out to those who have one
 */
record PackageOffer(RunnerVersion version, URI address, Sha256 digest, Optional<Secret> token) {}

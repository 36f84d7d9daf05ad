package dev.crossarm.cli.provision;

import dev.crossarm.cli.command.Site;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Origin;
import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.text.Quantity;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The build cache of the account whose jobs built here, which a removal keeps. */
final class BuildCacheLeft {
    private final Site site;
    private final Surroundings surroundings;

    BuildCacheLeft(Site site, Surroundings surroundings) {
        this.site = site;
        this.surroundings = surroundings;
    }

    /** Where it is, how large it is and how it is emptied; empty when there is none. */
    Optional<String> line() {
        Path folder = folder();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of("The build cache is kept: " + folder + ", " + Quantity.size(bytes(folder))
                + ". To remove it: "
                + site.layout()
                        .owner()
                        .map(account -> "sudo -u " + account + " ")
                        .orElse("") + "crossarm cache --clear");
    }

    private Path folder() {
        Path own = Path.of(
                site.loaded().setting(ConfigKey.BUILD_CACHE_DIRECTORY).values().get(0));
        boolean usual = site.loaded().origin(ConfigKey.BUILD_CACHE_DIRECTORY).kind() == Origin.Kind.DEFAULT;
        return site.layout()
                .owner()
                .filter(account -> usual && surroundings.root())
                .flatMap(account -> new Accounts().byName(account))
                .map(Account::home)
                .map(home -> home.resolve(".cache/crossarm/build"))
                .orElse(own);
    }

    /** Of what can be read; links are not followed. */
    private static long bytes(Path folder) {
        long[] sum = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException unreadable) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            return sum[0];
        }
        return sum[0];
    }
}

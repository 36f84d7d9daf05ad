package dev.crossarm.cli.provision;

import dev.crossarm.cli.command.Site;
import dev.crossarm.config.ConfigKey;
import dev.crossarm.config.Origin;
import dev.crossarm.host.Account;
import dev.crossarm.host.Accounts;
import dev.crossarm.host.Surroundings;
import dev.crossarm.host.files.FolderSize;
import dev.crossarm.text.Quantity;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
        return Optional.of("The build cache is kept: " + folder + ", " + Quantity.size(FolderSize.of(folder))
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
}

package dev.crossarm.provision.packages;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the packages step remembers, so that one can later say which packages are there because of it.
 *
 * @param before packages that were installed when an installation began that is not known to have ended; empty when none
 *     is under way. Written before apt runs, so that a kill loses nothing.
 * @param added packages that came with our installations, dependencies included
 */
record PackagesReceipt(List<String> before, List<String> added) {

    static final PackagesReceipt NONE = new PackagesReceipt(List.of(), List.of());

    PackagesReceipt {
        before = List.copyOf(before);
        added = List.copyOf(added);
    }

    /** An installation begins; the list of one that was cut off stays the one to compare with. */
    PackagesReceipt begun(Set<String> installed) {
        return before.isEmpty()
                ? new PackagesReceipt(installed.stream().sorted().toList(), added)
                : this;
    }

    /** It ended: what is there now and was not before has been added. */
    PackagesReceipt ended(Set<String> installed) {
        Set<String> all = new TreeSet<>(added);
        if (!before.isEmpty()) {
            all.addAll(installed);
            before.forEach(all::remove);
        }
        all.addAll(added);
        return new PackagesReceipt(List.of(), List.copyOf(all));
    }

    /** Of what was added, what is still there. */
    List<String> stillThere(Set<String> installed) {
        return ended(installed).added.stream().filter(installed::contains).toList();
    }
}

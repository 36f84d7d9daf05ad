package dev.crossarm.job.prepare;

import dev.crossarm.job.cargo.CargoLock;
import dev.crossarm.job.cargo.VersionRange;
import dev.crossarm.target.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * bindgen 0.49 to 0.58 reads {@code BINDGEN_EXTRA_CLANG_ARGS} and nothing with the target's name, later ones do, earlier ones
 * read neither (bindgen, src/lib.rs: {@code get_target_dependent_env_var}). A whole job cannot have the bare name, since every bindgen
 * reads it for the machine's own builds too; one build of a project that is locked to an old one can.
 */
final class OldBindgen {
    private static final String VARIABLE = "BINDGEN_EXTRA_CLANG_ARGS";
    private static final String OLD = ">=0.49.0,<0.59.0";

    private OldBindgen() {}

    /**
     * Sets the bare name where an old bindgen is locked. What the caller has set stays.
     *
     * @param variables of the build; is changed
     * @return what was done, for people; absent when nothing was
     */
    static Optional<String> answer(List<CargoLock.Locked> locked, Map<String, String> variables, Target target) {
        String old = locked.stream()
                .filter(one -> one.name().equals("bindgen") && VersionRange.holds(OLD, one.version()))
                .map(CargoLock.Locked::toString)
                .collect(Collectors.joining(", "));
        String ours = variables.getOrDefault(VARIABLE + "_" + target.underscored(), "");
        if (old.isEmpty() || ours.isEmpty() || variables.putIfAbsent(VARIABLE, ours) != null) {
            return Optional.empty();
        }
        return Optional.of(VARIABLE + " without the target's name for " + old + " (set for this build)");
    }
}

package dev.crossarm.plan;

/** What a check found, in a few words. */
final class Observations {
    private Observations() {}

    /** For example {@code not satisfied: cmake is missing, and 2 more}. */
    static String brief(Observation observation) {
        return observation.fold(
                satisfied -> "satisfied",
                drifted -> {
                    Difference first = drifted.differences().get(0);
                    int more = drifted.differences().size() - 1;
                    return "not satisfied: " + first.subject() + " is " + first.found()
                            + (more == 0 ? "" : ", and " + more + " more");
                },
                unknown -> "not known: " + unknown.problem().summary());
    }

    /** Every difference, a line each, or the problem's detail. */
    static String full(Observation observation) {
        return observation.fold(
                satisfied -> String.join("\n", satisfied.evidence()),
                drifted -> String.join(
                        "\n",
                        drifted.differences().stream()
                                .map(one -> one.subject() + ": found " + one.found() + ", wanted " + one.wanted())
                                .toList()),
                unknown ->
                        unknown.problem().summary() + "\n" + unknown.problem().detail());
    }
}

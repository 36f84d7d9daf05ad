package dev.crossarm.runner.install;

import java.util.List;
import java.util.Optional;

/** The records of the runners that Crossarm installed on this machine. */
public interface RunnerRecords {

    /** Every one, by name. */
    List<RunnerRecord> all();

    /** @throws dev.crossarm.problem.CrossarmException naming the file, when it is damaged (65) or of a newer version (78) */
    Optional<RunnerRecord> of(RunnerName name);

    /** Puts this record in place of the one of the same name. */
    void write(RunnerRecord record);

    /** Forgets a runner; absent is fine. */
    void delete(RunnerName name);
}

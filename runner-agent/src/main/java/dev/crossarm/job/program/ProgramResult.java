package dev.crossarm.job.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything a report says of one program.
 *
 * @param program which
 * @param bytes size of its file, as it was left (stripped where asked for)
 * @param builtBytes the same as cargo built it
 * @param previousBytes the same at the last build on this host, where there was one
 * @param sha256 digest of its file, in hexadecimal
 * @param kind what kind of file it is, in a word of {@link dev.crossarm.elf.ElfKind}
 * @param isStatic whether it is proven to be a static program for the target
 * @param findings what the checks found; empty also when they are off
 * @param debugFile where its debug information was kept
 * @param zip the zip for Lambda
 * @param archive the tar.gz
 * @param smokeRun the run that shows it starts
 */
public record ProgramResult(
        BuiltProgram program,
        long bytes,
        long builtBytes,
        OptionalLong previousBytes,
        String sha256,
        String kind,
        boolean isStatic,
        List<CheckFinding> findings,
        Optional<Path> debugFile,
        Optional<Packed> zip,
        Optional<Packed> archive,
        Optional<SmokeRun> smokeRun) {

    public ProgramResult {
        findings = List.copyOf(findings);
    }

    /** Whether names or debug information were taken out. */
    public boolean stripped() {
        return bytes != builtBytes;
    }

    /** The same with findings added. */
    public ProgramResult withFindings(List<CheckFinding> more) {
        List<CheckFinding> all = new ArrayList<>(findings);
        all.addAll(more);
        return with(previousBytes, all, zip, archive, smokeRun);
    }

    /** The same with its size at the last build. */
    public ProgramResult withPreviousBytes(long before) {
        return with(OptionalLong.of(before), findings, zip, archive, smokeRun);
    }

    /** The same with its zip. */
    public ProgramResult withZip(Packed packed) {
        return with(previousBytes, findings, Optional.of(packed), archive, smokeRun);
    }

    /** The same with its archive. */
    public ProgramResult withArchive(Packed packed) {
        return with(previousBytes, findings, zip, Optional.of(packed), smokeRun);
    }

    /** The same with its smoke run. */
    public ProgramResult withSmokeRun(SmokeRun run) {
        return with(previousBytes, findings, zip, archive, Optional.of(run));
    }

    private ProgramResult with(
            OptionalLong before,
            List<CheckFinding> found,
            Optional<Packed> zipped,
            Optional<Packed> archived,
            Optional<SmokeRun> run) {
        return new ProgramResult(
                program, bytes, builtBytes, before, sha256, kind, isStatic, found, debugFile, zipped, archived, run);
    }
}

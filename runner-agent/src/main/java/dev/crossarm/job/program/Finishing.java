package dev.crossarm.job.program;

import dev.crossarm.elf.InspectReport;
import dev.crossarm.host.files.DurableFiles;
import dev.crossarm.host.process.CommandRunner;
import dev.crossarm.job.prepare.CargoSetup;
import dev.crossarm.job.request.BuildHost;
import dev.crossarm.job.request.BuildRequest;
import dev.crossarm.target.CrossTools;
import dev.crossarm.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is done with programs once cargo has built them: strip, prove, compare, pack. One instance serves one build. */
public final class Finishing {
    private final CommandRunner commands;
    private final DurableFiles files;
    private final Target target;

    public Finishing(CommandRunner commands, DurableFiles files, Target target) {
        this.commands = commands;
        this.files = files;
        this.target = target;
    }

    /** What one request wants done with the programs that cargo built. */
    public static final class Work {
        private final BuildRequest request;
        private final Finishing finishing;
        private final SizeHistory history;
        private final Path output;
        private final boolean check;

        public Work(BuildHost host, BuildRequest request, CargoSetup setup) {
            this.request = request;
            this.finishing = new Finishing(host.commands(), host.files(), host.target());
            this.history = new SizeHistory(
                    host.files(),
                    request.cache().root().resolve("sizes"),
                    host.surroundings()
                            .variable("GITHUB_REPOSITORY")
                            .orElse(setup.project().root().toString()));
            this.output = request.packing()
                    .output()
                    .orElse(setup.project()
                            .targetDirectory()
                            .resolve("crossarm")
                            .resolve(host.target().triple()));
            this.check = request.checks() != BuildRequest.Checks.OFF;
        }

        /** Every program as it is left: without symbols where that is asked for, or is usual for the profile. */
        public List<ProgramResult> proven(List<BuiltProgram> programs) {
            String profile = request.cargo().profile();
            boolean strip = request.packing().strip().orElse(!profile.equals("dev") && !profile.equals("test"));
            List<ProgramResult> results = new ArrayList<>();
            programs.forEach(program -> results.add(
                    finishing.prove(program, check, strip, request.packing().debugFile())));
            return results;
        }

        /** Each held against the last build, of which this one is the next. */
        public List<ProgramResult> compared(List<ProgramResult> programs) {
            return finishing.compared(programs, history, request.cargo().profile());
        }

        public boolean packs() {
            return request.packing().lambda().isPresent() || request.packing().archive();
        }

        /** Zip and archive of each, where asked for. */
        public List<ProgramResult> packed(List<ProgramResult> programs) {
            Packing packing = new Packing(request.directory(), request.packing().include(), output);
            Optional<LambdaZip.Layout> layout =
                    request.packing().lambda().map(word -> LambdaZip.Layout.valueOf(word.toUpperCase(Locale.ROOT)));
            List<ProgramResult> zipped = layout.map(kind -> finishing.zipped(programs, kind, packing, check))
                    .orElse(programs);
            return request.packing().archive() ? finishing.archived(zipped, packing) : zipped;
        }
    }

    /**
     * How programs are packed.
     *
     * @param project the folder that names of further files are relative to
     * @param include those names
     * @param output where zips and archives go
     */
    record Packing(Path project, List<String> include, Path output) {
        Packing {
            include = List.copyOf(include);
        }
    }

    /**
     * Proves a program, and strips it where asked. It is proven before as well: a stripped program has no names left that
     * could give glibc away.
     *
     * @param check whether findings are wanted
     * @param strip whether names and debug information go
     * @param debugFile whether they are kept beside the program
     */
    public ProgramResult prove(BuiltProgram program, boolean check, boolean strip, boolean debugFile) {
        InspectReport built = inspect(program);
        InspectReport left = built;
        Optional<Path> debug = Optional.empty();
        boolean anything =
                !built.facts().symbols().stripped() || built.facts().symbols().debugInfo();
        // A program for another machine is none of our tools' business.
        if (strip && anything && built.facts().machine().code() == target.elfMachine()) {
            debug = new Stripping(commands, files, CrossTools.of(target)).strip(program.file(), debugFile);
            left = inspect(program);
        }
        return new ProgramResult(
                program,
                left.facts().size(),
                built.facts().size(),
                OptionalLong.empty(),
                left.sha256(),
                left.facts().kind().word(),
                built.proof().passed() && left.proof().passed(),
                check ? ProofCheck.of(built) : List.of(),
                debug,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Says how large each program was the last time, and remembers how large it is now. */
    List<ProgramResult> compared(List<ProgramResult> programs, SizeHistory history, String profile) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        List<ProgramResult> compared = new ArrayList<>();
        for (ProgramResult one : programs) {
            String key = SizeHistory.key(target.triple(), profile, one.program());
            OptionalLong before = history.last(key);
            compared.add(before.isPresent() ? one.withPreviousBytes(before.getAsLong()) : one);
            sizes.put(key, one.bytes());
        }
        history.remember(sizes);
        return compared;
    }

    /** Makes a zip of each program, named after it; findings tell what Lambda would not take. */
    List<ProgramResult> zipped(List<ProgramResult> programs, LambdaZip.Layout layout, Packing packing, boolean check) {
        List<PackedEntry> includes = Includes.of(packing.project(), packing.include());
        Map<ProgramResult, Path> places = places(programs, packing.output(), ".zip");
        List<ProgramResult> packed = new ArrayList<>();
        for (ProgramResult one : programs) {
            Packed zip = LambdaZip.write(new PackingWriter(files), one.program(), layout, includes, place(places, one));
            packed.add(one.withZip(zip).withFindings(check ? ProofCheck.lambda(zip) : List.of()));
        }
        return packed;
    }

    /** Makes a {@code tar.gz} of each program, named after it and the target. */
    List<ProgramResult> archived(List<ProgramResult> programs, Packing packing) {
        List<PackedEntry> includes = Includes.of(packing.project(), packing.include());
        Map<ProgramResult, Path> places = places(programs, packing.output(), "-" + target.triple() + ".tar.gz");
        List<ProgramResult> packed = new ArrayList<>();
        for (ProgramResult one : programs) {
            packed.add(one.withArchive(
                    ArchiveFile.write(new PackingWriter(files), files, one.program(), includes, place(places, one))));
        }
        return packed;
    }

    private static Map<ProgramResult, Path> places(List<ProgramResult> programs, Path output, String ending) {
        Map<Path, String> taken = new HashMap<>();
        Map<ProgramResult, Path> places = new LinkedHashMap<>();
        for (ProgramResult one : programs) {
            Path place = output.resolve(one.program().name() + ending);
            String owner = one.program().packageName() + ":" + one.program().name();
            String other = taken.putIfAbsent(place, owner);
            if (other != null) {
                throw PackingProblems.sameOutput(place, other, owner).asException();
            }
            places.put(one, place);
        }
        return places;
    }

    private static Path place(Map<ProgramResult, Path> places, ProgramResult program) {
        return java.util.Objects.requireNonNull(places.get(program), "every program has a place");
    }

    private InspectReport inspect(BuiltProgram program) {
        return InspectReport.of(program.file(), target.elfMachine(), target.triple());
    }
}

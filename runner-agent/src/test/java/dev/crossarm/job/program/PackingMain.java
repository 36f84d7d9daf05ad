package dev.crossarm.job.program;

import dev.crossarm.host.files.Checkpoint;
import dev.crossarm.host.files.DurableFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packs in a process of its own, so that a test can choose its JVM, time zone, language and umask. */
final class PackingMain {

    private PackingMain() {}

    /** Arguments: the project's folder, the program, the folder to write to, and what to include. */
    public static void main(String[] arguments) {
        Path project = Path.of(arguments[0]);
        Path out = Path.of(arguments[2]);
        DurableFiles files = new DurableFiles(Checkpoint.NONE);
        PackingWriter writer = new PackingWriter(files);
        BuiltProgram program = new BuiltProgram("pkg", "1.0.0", "app", Path.of(arguments[1]));
        List<PackedEntry> includes =
                Includes.of(project, new ArrayList<>(Arrays.asList(arguments).subList(3, arguments.length)));
        Packed zip = LambdaZip.write(writer, program, LambdaZip.Layout.FUNCTION, includes, out.resolve("app.zip"));
        Packed tar = ArchiveFile.write(writer, files, program, includes, out.resolve("app.tar.gz"));
        System.out.println(zip.sha256() + " " + tar.sha256());
    }
}

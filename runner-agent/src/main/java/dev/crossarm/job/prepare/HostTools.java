package dev.crossarm.job.prepare;

import dev.crossarm.job.request.Provisioned;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which of the programs and libraries that build scripts ask for are on this machine. */
final class HostTools {
    private final Provisioned provisioned;
    private final Map<String, String> variables;

    HostTools(Provisioned provisioned, Map<String, String> variables) {
        this.provisioned = provisioned;
        this.variables = variables;
    }

    /** Whether what the fact says is needed is here. */
    boolean has(CrateFact fact) {
        return fact.unless().stream().anyMatch(variables::containsKey) || has(fact.kind());
    }

    private boolean has(CrateFact.Kind kind) {
        return switch (kind) {
            case C -> true; // the machine would not be ready without it
            case CPP -> provisioned.standardCpp();
            case CMAKE -> program("cmake");
            case LIBCLANG -> libclang();
            case PROTOC -> program("protoc");
            case NASM -> program("nasm");
            case PERL -> program("perl");
            case MAKE -> program("make");
            case GO -> program("go");
            case NO_MUSL, KNOWN_BAD -> false;
        };
    }

    /** What gets it onto this machine, in the order that helps most. */
    List<String> remedies(CrateFact.Kind kind) {
        return Stream.concat(
                        kind == CrateFact.Kind.CPP ? provisioned.inputForCpp().stream() : Stream.empty(),
                        Stream.of(command(kind)).filter(command -> !command.isEmpty()))
                .toList();
    }

    private static String command(CrateFact.Kind kind) {
        return switch (kind) {
            case C -> "crossarm provision";
            case CPP -> "crossarm provision --cpp";
            case CMAKE -> "sudo apt-get install cmake";
            case LIBCLANG -> "sudo apt-get install libclang-dev";
            case PROTOC -> "sudo apt-get install protobuf-compiler";
            case NASM -> "sudo apt-get install nasm";
            case PERL -> "sudo apt-get install perl";
            case MAKE -> "sudo apt-get install make";
            case GO -> "sudo apt-get install golang-go";
            case NO_MUSL, KNOWN_BAD -> "";
        };
    }

    private boolean program(String name) {
        return provisioned.program(name).isPresent();
    }

    /** Where clang-sys looks for it, as far as Debian and Ubuntu put it there. */
    private boolean libclang() {
        return variables.containsKey("LIBCLANG_PATH")
                || program("llvm-config")
                || folderHas(Path.of("/usr/lib"), "llvm-*", "lib")
                || holds(Path.of("/usr/lib/aarch64-linux-gnu"))
                || holds(Path.of("/usr/lib/x86_64-linux-gnu"));
    }

    private static boolean folderHas(Path parent, String glob, String below) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, glob)) {
            for (Path folder : folders) {
                if (holds(folder.resolve(below))) {
                    return true;
                }
            }
        } catch (IOException none) {
            return false;
        }
        return false;
    }

    private static boolean holds(Path folder) {
        for (String glob : List.of("libclang.so*", "libclang-*.so*")) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
                if (files.iterator().hasNext()) {
                    return true;
                }
            } catch (IOException none) {
                return false;
            }
        }
        return false;
    }
}

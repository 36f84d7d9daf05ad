import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Run by the build on the finished jar: gives classes of libraries that still are in Java 5's format that of Java 8. Their code
 * stays as it is. A JVM keeps no class of the old format in its class-data archive, so each start would read and verify them
 * anew.
 *
 * <p>usage: {@code java -classpath ASM RaiseClassFiles.java JAR}
 */
final class RaiseClassFiles {
    /** In a class file, after its magic number and minor version. */
    private static final int MAJOR_VERSION = 7;

    private RaiseClassFiles() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Path raised = jar.resolveSibling(jar.getFileName() + ".raised");
        URL[] itself = {jar.toUri().toURL()};
        try (ZipFile in = new ZipFile(jar.toFile());
                URLClassLoader classes = new URLClassLoader(itself, ClassLoader.getPlatformClassLoader());
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(raised));
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                try (InputStream content = in.getInputStream(entry)) {
                    out.write(raised(entry.getName(), content.readAllBytes(), classes));
                }
                out.closeEntry();
            }
        }
        Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] raised(String name, byte[] content, ClassLoader classes) {
        if (!name.endsWith(".class") || content[MAJOR_VERSION] >= Opcodes.V1_8) {
            return content;
        }
        // Without the reader: with it, methods would be copied as they are, and have no frames.
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return classes;
            }
        };
        ClassVisitor raising = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visit(
                    int version, int access, String type, String signature, String parent, String[] interfaces) {
                super.visit(Opcodes.V1_8, access, type, signature, parent, interfaces);
            }
        };
        new ClassReader(content).accept(raising, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }
}

package dev.crossarm.download;

import dev.crossarm.host.FileProblems;
import dev.crossarm.host.files.LargeFiles;
import dev.crossarm.host.files.Ownership;
import dev.crossarm.host.files.PartialFile;
import dev.crossarm.host.files.RegularFile;
import dev.crossarm.text.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A file of which an earlier attempt may have left a part. The part counts only together with the tag that the server gave the
 * whole: {@code If-Range} makes the server send everything where its file is another one by now (RFC 9110, 13.1.5). Whatever it
 * sends, the digest is taken of all that lies there in the end.
 */
final class Resumption {
    private static final int LONGEST_TAG = 1024;
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;

    private final URI address;
    private final Sha256 wanted;
    private final Path target;
    private final LargeFiles files;
    private final long limit;
    private final DownloadProgress progress;
    private long asked;

    Resumption(URI address, Sha256 wanted, Path target, LargeFiles files, long limit, DownloadProgress progress) {
        this.address = address;
        this.wanted = wanted;
        this.target = target;
        this.files = files;
        this.limit = limit;
        this.progress = progress;
    }

    /** Whether all of it is there already. */
    boolean complete() {
        try (PartialFile file = PartialFile.open(target)) {
            return file.size() > 0 && file.digest().equals(wanted);
        }
    }

    /** Asks for what is missing. */
    Request.Builder ask(Request.Builder request) {
        Optional<String> tag = tag();
        try (PartialFile file = PartialFile.open(target)) {
            if (tag.isEmpty()) {
                file.empty();
            }
            asked = file.size();
        }
        return asked == 0
                ? request
                : request.header("Range", "bytes=" + asked + "-").header("If-Range", tag.orElseThrow());
    }

    /** Takes what the server sends, and judges the whole. */
    void take(Transfer transfer) {
        try (Response response = transfer.answer();
                PartialFile file = PartialFile.open(target)) {
            if (response.code() == NOT_SATISFIABLE && asked > 0) {
                file.empty();
                throw FailedAttempt.retryable(DownloadProblems.status(address, response.code()), Optional.empty());
            }
            transfer.requireSuccess(response, asked > 0 ? Set.of(200, PARTIAL) : Set.of(200));
            boolean more = response.code() == PARTIAL;
            if (more && !String.valueOf(response.header("Content-Range")).startsWith("bytes " + asked + "-")) {
                file.empty();
                throw FailedAttempt.retryable(DownloadProblems.status(address, response.code()), Optional.empty());
            }
            long from = more ? asked : 0;
            if (!more) {
                file.empty();
                remember(response);
            }
            transfer.copy(
                    response,
                    limit - from,
                    file.append(),
                    (received, total) -> progress.at(from + received, total < 0 ? total : from + total));
            judge(file, more);
        } catch (IOException error) {
            throw FileProblems.translate("write", target, error);
        }
    }

    /** A part that does not fit is thrown away, and all of it is asked for once more. */
    private void judge(PartialFile file, boolean resumed) {
        Sha256 found = file.digest();
        if (!found.equals(wanted)) {
            file.empty();
            throw resumed
                    ? FailedAttempt.retryable(DownloadProblems.wrongDigest(address, wanted, found), Optional.empty())
                    : FailedAttempt.last(DownloadProblems.wrongDigest(address, wanted, found));
        }
    }

    /** A weak tag names files that are alike, and not necessarily byte by byte. */
    private void remember(Response response) {
        String tag = response.header("ETag");
        String kept = tag == null || !tag.startsWith("\"") || tag.length() > LONGEST_TAG ? "" : tag;
        byte[] text = (wanted + "\n" + kept + "\n").getBytes(StandardCharsets.UTF_8);
        files.write(tagFile(), Ownership.mode("rw-------"), out -> out.write(text));
    }

    private Optional<String> tag() {
        try {
            byte[] text = RegularFile.read(tagFile(), 2 * LONGEST_TAG);
            List<String> lines =
                    new String(text, StandardCharsets.UTF_8).lines().toList();
            return lines.size() == 2
                            && lines.get(0).equals(wanted.hex())
                            && !lines.get(1).isEmpty()
                    ? Optional.of(lines.get(1))
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw FileProblems.translate("read", tagFile(), unreadable);
        }
    }

    private Path tagFile() {
        return target.resolveSibling(target.getFileName() + ".tag");
    }
}

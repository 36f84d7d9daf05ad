package dev.crossarm.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crossarm.problem.CrossarmException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SearchPathTest {
    private static final List<Path> OURS = List.of(Path.of("/opt/crossarm/bin"), Path.of("/rust/bin"));

    @Test
    void puts_our_folders_first_and_does_not_grow_when_repeated() {
        String once = SearchPath.prepend(OURS, "/usr/bin:/rust/bin:/bin");

        assertThat(once).isEqualTo("/opt/crossarm/bin:/rust/bin:/usr/bin:/bin");
        assertThat(SearchPath.prepend(OURS, once)).isEqualTo(once);
    }

    @Test
    void leaves_foreign_entries_as_they_are_even_empty_ones_and_duplicates() {
        assertThat(SearchPath.prepend(OURS, ":/a:/a::")).isEqualTo("/opt/crossarm/bin:/rust/bin::/a:/a::");
        assertThat(SearchPath.without(List.of("/x"), "/a:/x:/b")).contains("/a:/b");
        assertThat(SearchPath.without(List.of("/x"), "/x")).isEmpty();
    }

    @Test
    void refuses_a_folder_that_cannot_stand_on_a_path() {
        assertThatExceptionOfType(CrossarmException.class)
                .isThrownBy(() -> SearchPath.prepend(List.of(Path.of("/a:b")), "/bin"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("path-bad-entry"));
    }
}

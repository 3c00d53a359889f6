package dev.weir.agent.loki.source.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorFileTest {
  private static final String ONE = "a".repeat(64);
  private static final String TWO = "b".repeat(64);

  @TempDir Path directory;

  @Test
  void readsTheFormOfAlloy() {
    String text =
        """
        positions:
          ? path: /tmp/random.log
            labels: '{job="tmp"}'
          : "17623"
          ? path: cursor-%s
            labels: '{__meta_docker_container_id="%s", app="x: \\"7\\""}'
          : "1717777777"
          ? path: cursor-%s
            labels: '{app="y"}'
          : "1717777770"
          ? path: cursor-%s
            labels: '{}'
          : "1700000000"
        """
            .formatted(ONE, ONE, ONE, TWO);

    assertThat(CursorFile.parse(text))
        .containsOnly(Map.entry(ONE, 1717777777L), Map.entry(TWO, 1700000000L));
  }

  @Test
  void readsTheFormOfPromtail() {
    String text = "positions:\n  cursor-%s: \"1717777777\"\n  /a.log: \"5\"\n".formatted(ONE);

    assertThat(CursorFile.parse(text)).containsOnly(Map.entry(ONE, 1717777777L));
  }

  @Test
  void putsTheFileAsideAndLeavesOursAlone() throws Exception {
    Path file = directory.resolve("positions.yml");
    Files.writeString(file, "positions:\n  cursor-%s: \"1\"\n".formatted(ONE));

    assertThat(CursorFile.takeOver(file)).containsOnlyKeys(ONE);
    assertThat(file).doesNotExist();
    assertThat(directory.resolve("positions.yml.before")).exists();

    Files.writeString(file, "# Weir\nversion: 1\npositions:\n");
    assertThat(CursorFile.takeOver(file)).isEmpty();
    assertThat(file).exists();
  }
}

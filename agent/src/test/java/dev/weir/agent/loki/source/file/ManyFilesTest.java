package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of files on one thread.
final class ManyFilesTest {
  private static final int FILES = 2000;

  @TempDir Path directory;

  @Test
  void readsTwoThousandFilesWithADescriptorEachAndLetsGoOfThem() throws Exception {
    try (var source = new FileSource(directory)) {
      for (int i = 0; i < FILES; i++) {
        source.append("logs/" + i % 40 + "/" + i + ".log", "first of " + i + "\n");
      }
      String body =
          "targets = [{__path__ = \"$/logs/**/*.log\"}]\n"
              + "file_match {\n enabled = true\n sync_period = \"500ms\"\n}";
      long before = descriptors();
      LokiSourceFile component = source.start(body);
      awaitLines(source, FILES);
      assertThat(descriptors() - before).isBetween((long) FILES, FILES + 100L);
      for (int i = 0; i < FILES; i++) {
        source.append("logs/" + i % 40 + "/" + i + ".log", "second of " + i + "\n");
      }
      awaitLines(source, 2 * FILES);
      assertThat(source.receiver.lines()).doesNotHaveDuplicates();

      component.update(source.arguments("targets = []"));
      await().atMost(Duration.ofSeconds(30)).until(() -> descriptors() - before < 100);
    }
  }

  private static void awaitLines(FileSource source, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(source.receiver.lines()).hasSize(count));
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}

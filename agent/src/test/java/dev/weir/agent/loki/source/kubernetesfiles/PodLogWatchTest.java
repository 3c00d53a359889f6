package dev.weir.agent.loki.source.kubernetesfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PodLogWatchTest {
  @TempDir Path root;

  private Path log(String pod, int restarts) throws IOException {
    Path directory = Files.createDirectories(root.resolve("shop_" + pod + "_uid").resolve("app"));
    return Files.writeString(directory.resolve(restarts + ".log"), "");
  }

  /// F50: inotify has no instance left.
  @Test
  void looksAtEverythingWhereNothingCanBeWatched() throws Exception {
    Path first = log("a", 0);
    try (var watch =
        new PodLogWatch(
            root,
            directory -> {
              throw new IOException("User limit of inotify instances reached");
            })) {
      assertThat(watch.files()).map(PodLogFile::path).containsExactly(first);
      Path second = log("b", 1);
      watch.await();
      assertThat(watch.files()).map(PodLogFile::path).containsExactlyInAnyOrder(first, second);
      Files.delete(first);
      watch.await();
      assertThat(watch.files()).map(PodLogFile::path).containsExactly(second);
    }
  }
}

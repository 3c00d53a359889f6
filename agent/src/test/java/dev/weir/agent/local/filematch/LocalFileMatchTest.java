package dev.weir.agent.local.filematch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.local.filematch.LocalFileMatch.Arguments;
import dev.weir.agent.local.filematch.LocalFileMatch.Exports;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.RiverArguments;
import dev.weir.agent.testkit.RunningComponent;
import dev.weir.agent.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFileMatchTest {
  @TempDir Path storage;
  private TestContext context;

  @BeforeEach
  void makeContext() {
    context = new TestContext("local.file_match.test", storage);
  }

  @Test
  void hasTheDefaultsOfAlloy() throws Exception {
    Arguments arguments = RiverArguments.decode(Arguments.class, "path_targets = []");

    assertThat(arguments.syncPeriod()).isEqualTo(Duration.ofSeconds(10));
    assertThat(arguments.ignoreOlderThan()).isZero();
  }

  @Test
  void exportsTheFilesThatMatchWithTheirLabels() throws Exception {
    for (String name : List.of("a.log", "b.log", "b.tmp.log", "c.txt", "old.log")) {
      Files.writeString(storage.resolve(name), "x");
    }
    Files.createDirectory(storage.resolve("d.log"));
    Files.setLastModifiedTime(
        storage.resolve("old.log"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    String body =
        """
        path_targets = [
          {__path__ = "%1$s/*.log", __path_exclude__ = "%1$s/*.tmp.log", job = "x"},
          {__path__ = "%1$s/*.txt"},
        ]
        ignore_older_than = "24h"
        """
            .formatted(storage);
    var component = component(body);
    try (var _ = new RunningComponent(component)) {
      await().until(() -> !targets().isEmpty());

      String exclude = storage + "/*.tmp.log";
      assertThat(targets())
          .containsExactly(
              Map.of("__path__", storage + "/a.log", "__path_exclude__", exclude, "job", "x"),
              Map.of("__path__", storage + "/b.log", "__path_exclude__", exclude, "job", "x"),
              Map.of("__path__", storage + "/c.txt"));
    }
  }

  @Test
  void findsNewFilesAndTakesNewGlobs() throws Exception {
    var component = component(body("*.log", "sync_period = \"20ms\""));
    try (var _ = new RunningComponent(component)) {
      Files.writeString(storage.resolve("new.log"), "x");
      await().until(() -> targets().size() == 1);

      Files.writeString(storage.resolve("new.txt"), "x");
      component.update(arguments(body("*.txt", "sync_period = \"1h\"")));
      await().until(() -> targets().equals(List.of(Map.of("__path__", storage + "/new.txt"))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "path_targets = []\nsync_period = \"0s\"",
        "path_targets = []\nignore_older_than = \"-1s\"",
        "path_targets = [{__path__ = \"{a\"}]",
        "path_targets = {}"
      })
  void refusesWrongArguments(String body) {
    assertThatThrownBy(() -> arguments(body)).isInstanceOf(DiagnosticsException.class);
  }

  private LocalFileMatch component(String body) throws DiagnosticsException {
    return new LocalFileMatch(arguments(body), context);
  }

  private String body(String glob, String more) {
    return "path_targets = [{__path__ = \"%s/%s\"}]\n%s".formatted(storage, glob, more);
  }

  private static Arguments arguments(String body) throws DiagnosticsException {
    return RiverArguments.decode(Arguments.class, body);
  }

  private List<Map<String, String>> targets() {
    return ((Exports) context.published().getLast()).targets();
  }
}

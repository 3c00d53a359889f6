package dev.weir.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.testkit.TestRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Whatever is reloaded in whatever order, nothing is sent to a component that has ended, and
/// everything that was started ends.
class AnyReloadTest {
  private static final int PIPES = 5;

  /// A pipe of a configuration.
  ///
  /// @param targets bits of the pipes it feeds; those up to its own number do not count
  record Pipe(boolean present, boolean wrong, int targets) {}

  @Property(tries = 60)
  void losesNothing(@ForAll("configurations") List<List<Pipe>> configurations) throws Exception {
    Path directory = Files.createTempDirectory("reload");
    var runtime = new TestRuntime(directory);
    try {
      runtime.load("// nothing yet");
      for (List<Pipe> configuration : configurations) {
        reload(runtime, configuration);
      }
    } finally {
      runtime.stop();
      delete(directory);
    }

    List<String> events = runtime.journal().events();
    assertThat(events).noneMatch(event -> event.startsWith("lost"));
    assertThat(named(events, "stopped "))
        .containsExactlyInAnyOrderElementsOf(named(events, "started "));
    assertThat(runtime.scrape()).doesNotContain("component_id");
  }

  @Provide
  Arbitrary<List<List<Pipe>>> configurations() {
    Arbitrary<Boolean> often = Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false));
    Arbitrary<Pipe> pipe =
        Combinators.combine(often, often, Arbitraries.integers().between(0, (1 << PIPES) - 1))
            .as((present, right, targets) -> new Pipe(present, !right, targets));
    return pipe.list().ofSize(PIPES).list().ofMinSize(1).ofMaxSize(5);
  }

  private static void reload(TestRuntime runtime, List<Pipe> pipes) throws Exception {
    try {
      runtime.reload(text(pipes).toArray(String[]::new));
    } catch (DiagnosticsException expected) {
      assertThat(pipes).anyMatch(Pipe::wrong);
    }
  }

  private static List<String> text(List<Pipe> pipes) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < PIPES; i++) {
      if (pipes.get(i).present()) {
        lines.add("test.pipe \"p" + i + "\" {");
        lines.add("  forward_to = [" + String.join(", ", targets(pipes, i)) + "]");
        lines.add(pipes.get(i).wrong() ? "  tag = [\"wrong\"]" : "");
        lines.add("}");
      }
    }
    return lines;
  }

  private static List<String> targets(List<Pipe> pipes, int from) {
    List<String> targets = new ArrayList<>();
    for (int to = from + 1; to < PIPES; to++) {
      if (pipes.get(to).present() && ((pipes.get(from).targets() >> to) & 1) == 1) {
        targets.add("test.pipe.p" + to + ".receiver");
      }
    }
    return targets;
  }

  private static List<String> named(List<String> events, String prefix) {
    return events.stream()
        .filter(event -> event.startsWith(prefix))
        .map(event -> event.substring(prefix.length()))
        .toList();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

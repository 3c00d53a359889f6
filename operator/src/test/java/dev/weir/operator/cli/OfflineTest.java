package dev.weir.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OfflineTest {
  private static final Path SAMPLES = Path.of("../config/samples");

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    var command = arguments[0].equals("render") ? new RenderCommand() : new ValidateCommand();
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(Stream.of(arguments).skip(1).toArray(String[]::new));
  }

  @Test
  void everySampleCanRun() throws IOException {
    Path namespace = directory.resolve("namespace.yaml");
    Files.writeString(
        namespace,
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: team-a, labels: {logging: self-service, cost-center: cc7}}
        """);
    try (Stream<Path> samples = Files.list(SAMPLES)) {
      List<Path> files = Stream.concat(samples, Stream.of(namespace)).sorted().toList();

      Offline offline = Offline.of(files);

      assertThat(offline.faults()).isEmpty();
      assertThat(offline.results()).hasSize(4);
      assertThat(offline.results()).allMatch(one -> one.rendered().ok(), "can run");
    }
  }

  @Test
  void showsTheRiverOfAPipeline() {
    assertThat(run("render", SAMPLES.resolve("smallest.yaml").toString())).isZero();
    assertThat(out.toString()).startsWith("// team-a/all\n").contains("loki.write \"out_0\"");
  }

  @Test
  void saysWhatTheSchemaDoesNotTake() throws IOException {
    Path file = directory.resolve("bad.yaml");
    String sample = Files.readString(SAMPLES.resolve("smallest.yaml"));
    Files.writeString(file, sample.replace("pods: {}", "pods: {everything: true}"));

    assertThat(run("validate", file.toString())).isOne();
    assertThat(err.toString()).contains("all: spec.input.pods.everything: there is no such field");
  }

  @Test
  void saysWhatTheClassDoesNotAllow() {
    String[] files = {
      SAMPLES.resolve("class.yaml").toString(), SAMPLES.resolve("smallest.yaml").toString()
    };

    assertThat(run("validate", files[0], files[1])).isOne();
    assertThat(err.toString()).startsWith("team-a/all: NotAllowedByClass: spec.classRef.name: ");
  }
}

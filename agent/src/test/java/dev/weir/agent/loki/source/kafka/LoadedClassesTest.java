package dev.weir.agent.loki.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.cli.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's client costs nothing who does not read from Kafka, nor who only checks a file.
class LoadedClassesTest {
  @Test
  void loadsNoClassOfKafkaBeforeATopicIsRead(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("config.river"),
            """
            loki.echo "out" {}
            loki.source.kafka "in" {
              brokers    = ["127.0.0.1:1"]
              topics     = ["t"]
              forward_to = [loki.echo.out.receiver]
            }
            """);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+load:stdout",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "validate",
            file.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains(" " + LokiSourceKafka.class.getName() + " ");
    assertThat(output).doesNotContain("org.apache.kafka");
  }
}

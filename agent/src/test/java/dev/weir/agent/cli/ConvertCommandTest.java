package dev.weir.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
  private static final String WITH_AN_ERROR =
      """
      server: {log_level: debug}
      target_config: {stdin: true}
      clients: [{url: "http://loki:3100/loki/api/v1/push"}]
      """;

  @TempDir private Path directory;
  private Path source;
  private Path result;

  @BeforeEach
  void paths() {
    source = directory.resolve("promtail.yaml");
    result = directory.resolve("config.river");
  }

  @Test
  void writesAConfigurationThatIsValid() throws IOException {
    Files.writeString(
        source,
        """
        clients: [{url: "http://loki:3100/loki/api/v1/push"}]
        scrape_configs:
          - job_name: docker
            docker_sd_configs: [{host: "unix:///var/run/docker.sock"}]
            pipeline_stages: [{docker: }]
        """);

    CommandLineRun converted = convert("-o", result.toString());
    CommandLineRun validated = CommandLineRun.of("validate", result.toString());

    assertThat(converted).isEqualTo(new CommandLineRun(0, "", ""));
    assertThat(validated).isEqualTo(new CommandLineRun(0, "", ""));
  }

  @Test
  void writesNothingButAReportWhenSomethingWouldBeMissing() throws IOException {
    Files.writeString(source, WITH_AN_ERROR);
    Path report = directory.resolve("report");

    CommandLineRun run = convert("-o", result.toString(), "--report", report.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).endsWith("Error: 1 error in the conversion, nothing was written\n");
    assertThat(result).doesNotExist();
    assertThat(report)
        .content()
        .startsWith("(Warning) line 1: ")
        .contains("(Error) line 2: stdin is not supported");
  }

  @Test
  void writesWhatItCouldWhenToldTo() throws IOException {
    Files.writeString(source, WITH_AN_ERROR);

    CommandLineRun run = convert("--bypass-errors");

    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("loki.write \"default\" {");
  }

  @Test
  void tellsWhatWouldNotLoad() throws IOException {
    Files.writeString(
        source,
        """
        clients: [{url: "http://loki:3100/loki/api/v1/push"}]
        scrape_configs:
          - {job_name: a, static_configs: [], pipeline_stages: [{regex: {expression: "("}}]}
        """);

    CommandLineRun run = convert();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("(Error) the result cannot be loaded: ");
  }

  @Test
  void refusesOtherFormats() throws IOException {
    Files.writeString(source, WITH_AN_ERROR);

    CommandLineRun run = CommandLineRun.of("convert", "-f", "prometheus", source.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("unsupported source format \"prometheus\"");
  }

  private CommandLineRun convert(String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "convert";
    all[1] = "--source-format=promtail";
    System.arraycopy(options, 0, all, 2, options.length);
    all[options.length + 2] = source.toString();
    return CommandLineRun.of(all);
  }
}

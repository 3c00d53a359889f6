package dev.weir.agent.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.convert.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each case is a file of Promtail beside the River that it becomes and what is found on the way.
class PromtailConverterTest {
  private static final Path CASES = Path.of("src/test/resources/convert/promtail");

  private static List<String> cases() throws IOException {
    return names(".yaml");
  }

  private static List<String> names(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .map(name -> name.substring(0, name.length() - suffix.length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void convertsAsItsCaseSays(String name) throws IOException {
    Conversion conversion = PromtailConverter.convert(text(name, ".yaml"));

    assertThat(conversion.river()).isEqualTo(text(name, ".river"));
    assertThat(findings(conversion)).isEqualTo(text(name, ".findings"));
  }

  @Test
  void noExpectationIsLeftOver() throws IOException {
    assertThat(cases()).containsAll(names(".river")).containsAll(names(".findings"));
  }

  @Test
  void refusesMappingsThatContainThemselves() {
    Conversion conversion = PromtailConverter.convert("clients: &a\n  - <<: *a\n");

    assertThat(conversion.found(Severity.CRITICAL)).isTrue();
  }

  @Test
  void neverRepeatsTheTextOfABrokenDocument() {
    Conversion conversion =
        PromtailConverter.convert("clients:\n  - bearer_token: \"s3cret\n    url: x\n");

    assertThat(findings(conversion)).startsWith("(Critical) ").doesNotContain("s3cret");
  }

  private static String findings(Conversion conversion) {
    return conversion.findings().stream()
        .map(finding -> finding + "\n")
        .collect(Collectors.joining());
  }

  /// A file that is not there is empty.
  private static String text(String name, String suffix) throws IOException {
    Path file = CASES.resolve(name + suffix);
    return Files.exists(file) ? Files.readString(file) : "";
  }
}

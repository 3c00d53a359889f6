package dev.weir.agent.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The faults that the agent has to stand, as data: `faults/catalogue.tsv`.
final class Catalogue {
  private static final String BEGIN = "<!-- faults -->\n";
  private static final String END = "<!-- /faults -->";
  private static final String HEAD =
      "| case | what happens | what came of it | proven by |\n|---|---|---|---|\n";

  /// One of them.
  ///
  /// @param proofs tests, as `package.Class#method` below `dev.weir.agent`
  /// @param result what came of it beyond no line lost, altered or doubled; or why it does not run
  record Case(String number, String fault, List<String> proofs, String result) {
    private static Case of(String line) {
      String[] fields = line.split("\t", -1);
      return new Case(
          fields[0],
          fields[1],
          Stream.of(field(fields, 2).split(" ", -1)).filter(text -> !text.isEmpty()).toList(),
          field(fields, 3));
    }

    private static String field(String[] fields, int index) {
      return index < fields.length ? fields[index].strip() : "";
    }

    private String row() {
      String tests =
          proofs.stream()
              .map(proof -> "`" + proof.substring(proof.lastIndexOf('.') + 1) + "`")
              .collect(Collectors.joining(", "));
      return "| %s | %s | %s | %s |\n".formatted(number, fault, result, tests);
    }
  }

  private Catalogue() {}

  /// All of them, in order.
  static List<Case> cases() {
    try (InputStream in = Catalogue.class.getResourceAsStream("/faults/catalogue.tsv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Case::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A page with its table as it should be.
  static String updated(String page) {
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    String rows = cases().stream().map(Case::row).collect(Collectors.joining());
    return page.substring(0, from) + HEAD + rows + page.substring(to);
  }
}

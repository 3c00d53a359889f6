package dev.weir.agent.loki.jsonfile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Records as Docker writes them, and such as it never would, as Latin-1 text: each character is a
/// byte, so that invalid UTF-8 is among them.
public final class Records {
  private static final List<String> ESCAPES =
      List.of(
          "\\n",
          "\\r\\n",
          "\\t",
          "\\b\\f",
          "\\\"",
          "\\\\",
          "\\/",
          "\\u0000",
          "\\u001b[0m",
          "\\u003c",
          "\\u00e9",
          "\\u20aC",
          "\\ud83d\\ude00",
          "\\ud83d",
          "\\ud83d\\u0041",
          "\\ude00\\ud83d");
  private static final List<String> BROKEN =
      List.of("\\q", "\\u12", "\\u00g0", "\u0001", "\t", "\"", "\\", "\\\u0080", "\"}");
  private static final List<String> TIMES =
      List.of(
          "2026-11-22T13:00:01.123456789Z",
          "2026-11-22T13:00:01.12345678Z",
          "2026-11-22T13:00:01.5Z",
          "2026-11-22T13:00:01Z",
          "2026-02-29T13:00:01.1Z",
          "2024-02-29T13:00:01.1Z",
          "2026-11-31T13:00:01.1Z",
          "2026-11-22T13:00:60.1Z",
          "2026-11-22T13:00:01.1234567891Z",
          "2026-11-22T13:00:01.1+02:00",
          "1969-12-31T23:59:59.9Z",
          "2262-04-12T00:00:00Z",
          "9999-12-31T23:59:59.999999999Z",
          "2026-11-22T13:00:01.Z",
          "2026-11-22 13:00:01Z",
          "2026-11-22T13:00:0",
          "yesterday",
          "");

  private Records() {}

  /// Whole records, without newline.
  public static Arbitrary<String> any() {
    Arbitrary<String> whole =
        Combinators.combine(
                text(),
                mostly(",\"stream\":\"stdout\"", ",\"stream\":\"stderr\"", streams()),
                mostly("", "", Arbitraries.of(",\"attrs\":{\"a\":\"b\"}", " ", ",\"n\":1")),
                Arbitraries.of(TIMES),
                mostly("}", "}", Arbitraries.of("} ", "}}", "", " }", ",}", "} {")))
            .as((text, stream, more, time, end) ->
                "{\"log\":\"" + text + "\"" + stream + more + ",\"time\":\"" + time + "\"" + end);
    Arbitrary<Integer> cut = Arbitraries.integers().between(0, 1000);
    return Arbitraries.frequencyOf(
        Tuple.of(8, whole),
        Tuple.of(
            1, Combinators.combine(whole, cut).as((r, at) -> r.substring(0, at % r.length()))));
  }

  /// The inside of a string.
  private static Arbitrary<String> text() {
    Arbitrary<String> plain =
        Arbitraries.strings().withCharRange(' ', '~').excludeChars('"', '\\').ofMaxLength(40);
    Arbitrary<String> utf8 =
        Arbitraries.of("é", "€", "😀")
            .map(text ->
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    Arbitrary<String> bytes =
        Arbitraries.strings().withCharRange('\u0080', '\u00ff').ofMaxLength(5);
    return Arbitraries.frequencyOf(
            Tuple.of(12, plain),
            Tuple.of(12, Arbitraries.of(ESCAPES)),
            Tuple.of(4, utf8),
            Tuple.of(2, bytes),
            Tuple.of(1, Arbitraries.of(BROKEN)))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  private static Arbitrary<String> streams() {
    return Arbitraries.of(
        "",
        ",\"stream\":\"\"",
        ",\"stream\":\"other\"",
        ", \"stream\":\"stdout\"",
        ",\"stream\":1");
  }

  private static Arbitrary<String> mostly(String one, String other, Arbitrary<String> seldom) {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.just(one)),
        Tuple.of(3, Arbitraries.just(other)),
        Tuple.of(1, seldom));
  }
}

package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are not UTF-8.
final class EncodingTest {
  @TempDir Path directory;
  private FileSource source = new FileSource(Path.of("unset"));

  @BeforeEach
  void place() {
    source = new FileSource(directory);
  }

  @AfterEach
  void stop() {
    source.close();
  }

  private static String body(String encoding) {
    return "targets = [{__path__ = \"$/a.log\"}]\nencoding = \"" + encoding + "\"";
  }

  /// U+0A00 to U+0AFF hold the byte of a newline.
  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, ਊਁੱ x",
    "utf-16be, ਊੱ x😀",
    "UTF-32LE, ਊ😀",
    "ISO-8859-1, Grüße",
    "windows-1252, Grüße €",
    "GBK, 你好",
    "GB18030, 你好😀",
    "Shift_JIS, こんにちは表",
    "EUC-KR, 안녕",
    "Big5, 許功蓋",
    "ISO-2022-JP, こんにちは",
    "KOI8-R, привет",
  })
  void readsLinesAndGoesOnInTheMiddle(String name, String text) throws Exception {
    Charset charset = Charset.forName(name);
    source.append("a.log", (text + "1\r\n\n" + text + "2\n" + text).getBytes(charset));
    source.start(body(name));
    source.awaitLines(text + "1", "", text + "2");
    source.stop();
    source.append("a.log", ("3\n" + text + "4\n").getBytes(charset));
    source.start(body(name));

    source.awaitLines(text + "1", "", text + "2", text + "3", text + "4");
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE, ''", "UTF-16BE, utf-8", "UTF-8, utf-16le", "UTF-16LE, iso-8859-1"})
  void believesTheByteOrderMark(String real, String declared) throws Exception {
    Charset charset = Charset.forName(real);
    source.append("a.log", "\uFEFFone\ntwo\n".getBytes(charset));
    source.start(body(declared));
    source.awaitLines("one", "two");
    source.stop();
    source.append("a.log", "three\n".getBytes(charset));
    source.start(body(declared));

    source.awaitLines("one", "two", "three");
  }

  @Test
  void losesNoLineToBytesThatAreNoText() throws Exception {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes("a".getBytes(StandardCharsets.UTF_16LE));
    bytes.writeBytes(new byte[] {0, (byte) 0xDC});
    bytes.writeBytes("b\nc\n".getBytes(StandardCharsets.UTF_16LE));
    source.append("a.log", bytes.toByteArray());
    source.start(body("utf-16le"));

    source.awaitLines("a\uFFFDb", "c");
  }

  @Test
  void takesAnotherEncodingFromAnUpdateOn() throws Exception {
    source.append("a.log", "one\n");
    LokiSourceFile component = source.start(body(""));
    source.awaitLines("one");
    component.update(source.arguments(body("iso-8859-1")));
    source.append("a.log", "grün\n".getBytes(StandardCharsets.ISO_8859_1));

    source.awaitLines("one", "grün");
  }

  @Test
  void beginsWithTheLastLineOfWideCharacters() throws Exception {
    source.append("a.log", "one\n\u0a0atw".getBytes(StandardCharsets.UTF_16LE));
    source.start(body("utf-16le") + "\ntail_from_end = true");
    await().until(() -> source.scrape().contains("loki_source_file_read_bytes_total{"));
    source.append("a.log", "o\n".getBytes(StandardCharsets.UTF_16LE));

    source.awaitLines("\u0a0atwo");
  }

  @Test
  void cutsLongLinesBetweenCharacters() throws Exception {
    String line = "é€😀".repeat(120_000);
    source.append("a.log", (line + "\nend\n").getBytes(StandardCharsets.UTF_16LE));
    source.start(body("utf-16le"));
    await().untilAsserted(() -> assertThat(source.receiver.lines()).endsWith("end"));

    assertThat(String.join("", source.receiver.lines())).isEqualTo(line + "end");
  }
}

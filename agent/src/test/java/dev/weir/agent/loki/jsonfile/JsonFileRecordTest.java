package dev.weir.agent.loki.jsonfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFileRecordTest {
  private static final int BEFORE = 5;
  private static final byte GUARD = 'G';

  private final JsonFileRecord record = new JsonFileRecord();

  @Provide
  Arbitrary<String> records() {
    return Records.any();
  }

  /// The record somewhere in an array, with its newline.
  private static byte[] bytes(String text) {
    byte[] line = text.getBytes(StandardCharsets.ISO_8859_1);
    var bytes = new byte[BEFORE + line.length + 1 + JsonFileRecord.SLACK];
    System.arraycopy(line, 0, bytes, BEFORE, line.length);
    bytes[BEFORE + line.length] = '\n';
    return bytes;
  }

  private static String shown(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  @Property(tries = 3000)
  void copiesWhatItWouldDecodeInPlace(@ForAll("records") String text) {
    byte[] bytes = bytes(text);
    byte[] before = bytes.clone();
    var to = new byte[text.length() + 7];
    Arrays.fill(to, GUARD);

    boolean copied = record.copy(bytes, BEFORE, text.length(), to, 3);

    assertThat(bytes).isEqualTo(before);
    assertThat(shown(to, 0, 3)).isEqualTo("GGG");
    assertThat(shown(to, to.length - 4, to.length)).isEqualTo("GGGG");
    if (copied) {
      String line = shown(to, record.textStart(), record.textEnd());
      long timestamp = record.timestamp();
      boolean stderr = record.stderr();
      String time = shown(bytes, record.timeStart(), record.timeEnd());
      assertThat(text).contains("\"time\":\"" + time + "\"}");
      assertThat(record.parse(bytes, BEFORE)).isEqualTo(BEFORE + text.length() + 1);
      assertThat(shown(bytes, record.textStart(), record.textEnd())).isEqualTo(line);
      assertThat(record.timestamp()).isEqualTo(timestamp);
      assertThat(record.stderr()).isEqualTo(stderr);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "line\\n",
        "a \\\"b\\\" c\\t\\\\ \\u003c\\u20ac\\ud83d\\ude00 and more text behind it\\r\\n",
        "[2026] plain text that is longer than a word or two\\n"
      })
  void copiesWhateverDockerWrites(String text) {
    String whole =
        "{\"log\":\"" + text + "\",\"stream\":\"stderr\",\"time\":\"2026-11-22T13:00:01Z\"}";

    assertThat(record.copy(bytes(whole), BEFORE, whole.length(), new byte[whole.length()], 0))
        .isTrue();
    assertThat(record.stderr()).isTrue();
    assertThat(record.timestamp()).isEqualTo(1_795_352_401_000_000_000L);
  }

  @Test
  void doesNotReadOnBehindTheRecord() {
    String whole = "{\"log\":\"x\",\"stream\":\"stdout\",\"time\":\"2026-11-22T13:00:01.123Z\"}";
    for (int length = 0; length < whole.length(); length++) {
      assertThat(record.copy(bytes(whole), BEFORE, length, new byte[whole.length()], 0)).isFalse();
    }
  }
}

package dev.weir.agent.loki.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Lane;
import dev.weir.agent.loki.jsonfile.JsonFileRecord;
import dev.weir.agent.testkit.SeenEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DockerJsonTest {
  private static final String TIME = "\"time\":\"2026-11-22T13:00:01.5Z\"";
  private final Chunk chunk = new Chunk();

  private List<SeenEntry> split(String text) {
    return split(text.getBytes(StandardCharsets.ISO_8859_1), 1 << 20);
  }

  private List<SeenEntry> split(byte[] data, int longestLine) {
    var splitter = new DockerJsonSplitter(TailHarness.JSON, longestLine);
    chunk.bytes = new byte[data.length + JsonFileRecord.SLACK];
    System.arraycopy(data, 0, chunk.bytes, 0, data.length);
    chunk.from = 0;
    chunk.to = splitter.complete(chunk.bytes, 0, data.length);
    chunk.readAt = 7;
    List<SeenEntry> seen = new ArrayList<>();
    var batch = new Batch(new Lane("test"));
    while (chunk.from < chunk.to) {
      batch.clear();
      splitter.split(chunk, batch);
      for (int i = 0; i < batch.size(); i++) {
        seen.add(SeenEntry.of(batch.get(i)));
      }
    }
    return seen;
  }

  private String only(String text) {
    List<SeenEntry> seen = split(text);
    assertThat(seen).hasSize(1);
    assertThat(chunk.broken).isZero();
    return seen.getFirst().line();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain|plain",
        "a\\tb|a\tb",
        "say \\\"hi\\\"|say \"hi\"",
        "c:\\\\dir\\/x|c:\\dir/x",
        "\\u003cb\\u003e \\u0026|<b> &",
        "caf\\u00e9|café",
        "\\u20ac 5|€ 5",
        "\\ud83d\\ude00!|😀!",
        "lone \\ud83d!|lone \uFFFD!",
        "low \\ude00!|low \uFFFD!",
        "pair \\ud83d\\ud83d\\ude00|pair \uFFFD😀",
        "bad \\ufffd|bad \uFFFD",
        "tty\\r|tty",
        "nul\\u0000x|nul\0x",
        "{\\\"log\\\":\\\"inner\\\"}|{\"log\":\"inner\"}",
        "``|``",
      })
  void decodesTheText(String written, String expected) {
    String record = "{\"log\":\"" + written + "\\n\",\"stream\":\"stdout\"," + TIME + "}\n";

    assertThat(only(record)).isEqualTo(expected);
  }

  @Test
  void keepsRawUtf8AndInvalidBytesAsTheyAre() {
    byte[] head = "{\"log\":\"caf".getBytes(StandardCharsets.UTF_8);
    byte[] odd = {(byte) 0xC3, (byte) 0xA9, (byte) 0xFF, (byte) 0xFE};
    byte[] tail = ("\\n\",\"stream\":\"stdout\"," + TIME + "}\n").getBytes(StandardCharsets.UTF_8);
    var all = new byte[head.length + odd.length + tail.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(odd, 0, all, head.length, odd.length);
    System.arraycopy(tail, 0, all, head.length + odd.length, tail.length);

    assertThat(split(all, 1 << 20).getFirst().line()).isEqualTo("café\uFFFD\uFFFD");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T13:00:01Z, 1795352401000000000",
    "2026-11-22T13:00:01.5Z, 1795352401500000000",
    "2026-11-22T13:00:01.123456789Z, 1795352401123456789",
    "2026-11-22T13:00:01.12345678Z, 1795352401123456780",
    "2026-11-22T15:00:01.000000001+02:00, 1795352401000000001",
    "2026-11-22T05:00:01.000000001-08:00, 1795352401000000001",
    "1970-01-01T00:00:00.000000001Z, 1",
    "2028-02-29T00:00:00Z, 1835395200000000000",
  })
  void readsTimesToTheNanosecond(String time, long expected) {
    String record = "{\"log\":\"x\\n\",\"stream\":\"stdout\",\"time\":\"" + time + "\"}\n";

    assertThat(split(record).getFirst().timestamp()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"log\":\"x\\n\",\"stream\":\"stderr\",\"attrs\":{\"a\":\"}\\\"\",\"b\":[1,{}]},TIME}",
        "{\"stream\":\"stderr\",TIME,\"log\":\"x\\n\"}",
        "{TIME , \"stream\" : \"stderr\" , \"log\" : \"x\\n\" }",
        "{\"log\":\"x\\n\",\"stream\":\"stderr\",\"n\":12.5e3,\"t\":true,\"z\":null,TIME}",
        "{\"log\":\"x\\n\",\"attrs\":{},\"stream\":\"stderr\",TIME}",
      })
  void readsRecordsOfAnyShape(String record) {
    List<SeenEntry> seen = split(record.replace("TIME", TIME) + "\n");

    assertThat(seen).extracting(SeenEntry::line).containsExactly("x");
    assertThat(seen.getFirst().timestamp()).isEqualTo(1795352401500000000L);
    assertThat(seen.getFirst().labels()).containsEntry("stream", "stderr");
  }

  @Test
  void givesARecordWithoutTimeThatOfTheOneBefore() {
    List<SeenEntry> seen =
        split("{\"log\":\"a\\n\",\"stream\":\"stdout\"," + TIME + "}\n{\"log\":\"b\\n\"}\n");

    assertThat(seen).extracting(SeenEntry::timestamp).containsOnly(1795352401500000000L);
    assertThat(split("{\"log\":\"b\\n\"}\n").getFirst().timestamp()).isEqualTo(7);
  }

  @Test
  void goesOnBehindWhatIsNoRecord() {
    String good = TailHarness.record("good\\n", "stdout", 1);
    List<String> broken =
        List.of(
            "garbage\n",
            "\n",
            "{\n",
            "{\"log\":\"unfinished\n",
            "{\"log\":\"x\\\n",
            "{\"log\":\"x\\u12\n",
            "{\"log\":\"x\\n\",\"stream\":\"stdout\"\n",
            "{\"log\":\"x\\n\" \"stream\":\"stdout\"," + TIME + "}\n",
            "{\"log\":\"x\\n\",\"attrs\":{\"a\":{}," + TIME + "}\n",
            "[" + good.strip() + "]\n",
            "\0\0\0\n");
    for (String piece : broken) {
      List<SeenEntry> seen = split(piece + good);
      assertThat(seen).as(piece).last().extracting(SeenEntry::line).isEqualTo("good");
    }
  }

  @Test
  void findsTheRecordBehindZerosOrHalfARecord() {
    String good = TailHarness.record("good\\n", "stderr", 1);
    String zeros = "\0".repeat(100);

    assertThat(split(zeros + good)).extracting(SeenEntry::line).containsExactly("good");
    assertThat(chunk.broken).isOne();
    assertThat(split("{\"log\":\"a \\\"quoted\\\" ha" + good))
        .extracting(SeenEntry::line)
        .containsExactly("good");
    assertThat(split("{\"log\":\"ha" + zeros + good + good))
        .extracting(SeenEntry::line)
        .containsExactly("good", "good");
  }

  @Test
  void joinsThePartsOfALongLinePerStream() {
    String part = "x".repeat(DockerPart.LENGTH);
    List<SeenEntry> seen =
        split(
            TailHarness.record(part, "stdout", 1)
                + TailHarness.record(part, "stderr", 2)
                + TailHarness.record("other\\n", "stderr", 3)
                + TailHarness.record(part, "stdout", 4)
                + TailHarness.record("end\\n", "stdout", 5)
                + TailHarness.record("next\\n", "stdout", 6));

    assertThat(seen)
        .extracting(SeenEntry::line)
        .containsExactly(part + "other", part + part + "end", "next");
    assertThat(seen.get(1).timestamp() - seen.get(0).timestamp()).isEqualTo(-1_000_000_000L);
  }

  @Test
  void takesAShortTextWithoutNewlineAsTheEndOfItsRun() {
    assertThat(
            split(
                TailHarness.record("prompt> ", "stdout", 1)
                    + TailHarness.record("started again\\n", "stdout", 2)))
        .extracting(SeenEntry::line)
        .containsExactly("prompt> ", "started again");
  }

  @Test
  void cutsJoinedLinesAtTheLimit() {
    String part = "x".repeat(DockerPart.LENGTH);
    String records =
        TailHarness.record(part, "stdout", 1).repeat(5) + TailHarness.record("y\\n", "stdout", 2);

    List<SeenEntry> seen = split(records.getBytes(StandardCharsets.UTF_8), 2 * DockerPart.LENGTH);

    assertThat(seen)
        .extracting(SeenEntry::line)
        .containsExactly(part + part, part + part, part + "y");
    assertThat(seen).extracting(SeenEntry::timestamp).containsOnly(seen.getFirst().timestamp());
    assertThat(chunk.cut).isEqualTo(2);
  }
}

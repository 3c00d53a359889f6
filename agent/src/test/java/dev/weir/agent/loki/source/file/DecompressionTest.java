package dev.weir.agent.loki.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.agent.component.Health;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are archives.
final class DecompressionTest {
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

  private static String body(String format) {
    return "targets = [{__path__ = \"$/a.log.x\"}]\n"
        + "decompression {\n enabled = true\n format = \""
        + format
        + "\"\n}";
  }

  private static byte[] pack(String format, String text) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (format) {
          case "gz" -> new GZIPOutputStream(packed);
          case "z" -> new DeflaterOutputStream(packed);
          case "bz2" -> new BZip2CompressorOutputStream(packed);
          default -> new ZstdOutputStream(packed);
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private void awaitConfirmed() {
    await()
        .until(() ->
            source
                .scrape()
                .lines()
                .anyMatch(
                    line -> line.startsWith("loki_source_file_lag_bytes{") && line.endsWith(" 0")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "z", "bz2", "zstd"})
  void readsAnArchiveOnceToItsEnd(String format) throws Exception {
    source.append("a.log.x", pack(format, "one\ntwo\nlast"));
    source.start(body(format));
    source.awaitLines("one", "two", "last");
    source.stop();
    source.start(body(format));
    awaitConfirmed();

    source.awaitLines("one", "two", "last");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "zstd"})
  void readsWhatIsAddedToAnArchive(String format) throws Exception {
    source.append("a.log.x", pack(format, "one\ntwo\n"));
    source.start(body(format));
    source.awaitLines("one", "two");
    source.append("a.log.x", pack(format, "three\nfour"));

    source.awaitLines("one", "two", "three", "four");
  }

  @Test
  void tellsOfAnArchiveThatBreaksOffAndGoesOnWhenItIsWhole() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append("line ").append(Integer.toHexString(i * 0x9E3779B1)).append('\n');
    }
    byte[] packed = pack("gz", text.toString());
    int half = packed.length / 2;
    source.append("a.log.x", Arrays.copyOf(packed, half));
    LokiSourceFile component = source.start(body("gz"));
    await()
        .untilAsserted(() ->
            assertThat(component.health())
                .hasValueSatisfying(health -> {
                  assertThat(health.state()).isEqualTo(Health.State.UNHEALTHY);
                  assertThat(health.message()).contains("archive is damaged");
                }));
    assertThat(source.receiver.lines()).isNotEmpty();
    source.append("a.log.x", Arrays.copyOfRange(packed, half, packed.length));

    await()
        .untilAsserted(() ->
            assertThat(source.receiver.lines())
                .containsExactlyElementsOf(text.toString().lines().toList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "z", "bz2", "zstd"})
  void tellsOfWhatIsNoArchive(String format) throws Exception {
    source.append("a.log.x", "this is plain text, and has been all the time\n".repeat(10));
    LokiSourceFile component = source.start(body(format));

    await()
        .untilAsserted(() ->
            assertThat(component.health())
                .hasValueSatisfying(
                    health -> assertThat(health.message()).contains("archive is damaged")));
    assertThat(source.receiver.lines()).isEmpty();
  }

  @Test
  void leavesANewArchiveAloneForAWhile() throws Exception {
    source.append("a.log.x", pack("gz", "one\n"));
    LokiSourceFile component =
        source.start(
            "targets = [{__path__ = \"$/a.log.x\"}]\ndecompression {\n enabled = true\n"
                + " format = \"gz\"\n initial_delay = \"1h\"\n}");
    await().until(() -> component.debugInfo().isPresent());
    assertThat(source.receiver.lines()).isEmpty();
    component.update(source.arguments(body("gz")));

    source.awaitLines("one");
  }

  @Test
  void cutsABombIntoPieces() throws Exception {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      byte[] block = new byte[1 << 20];
      Arrays.fill(block, (byte) 'x');
      for (int i = 0; i < 24; i++) {
        out.write(block);
      }
    }
    source.append("a.log.x", packed.toByteArray());
    source.start(body("gz"));

    await()
        .untilAsserted(() ->
            assertThat(source.receiver.lines().stream().mapToLong(String::length).sum())
                .isEqualTo(24L << 20));
    assertThat(source.receiver.lines()).allMatch(line -> line.length() <= 1 << 20);
  }
}

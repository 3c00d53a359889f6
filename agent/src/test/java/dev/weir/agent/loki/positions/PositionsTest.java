package dev.weir.agent.loki.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.loki.positions.FileMark.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PositionsTest {
  private static final Position FILE =
      new FilePosition(
          List.of(
              new FileMark(
                  66306, 12, new Slice(256, 256, -5), new Slice(90, 64, 7), 90, 90, 90, 4, true),
              new FileMark(66306, 13, Slice.NONE, Slice.NONE, 5, 5, 9, 0, false)));
  private static final Position STREAM =
      new StreamPosition(1_795_352_401_123_456_789L, List.of(1L, -1L, 1L));

  @TempDir Path directory;
  private Path file = Path.of("unset");

  @BeforeEach
  void place() {
    file = directory.resolve("made").resolve("positions.yml");
  }

  private void store(Map<String, Position> content) throws IOException {
    try (Positions positions = Positions.open(file)) {
      content.forEach(positions::put);
    }
  }

  private Map<String, Position> stored() throws IOException {
    try (Positions positions = Positions.open(file)) {
      return content(positions);
    }
  }

  private static Map<String, Position> content(Positions positions) {
    Map<String, Position> content = new TreeMap<>();
    for (String key : positions.keys()) {
      content.put(key, positions.get(key).orElseThrow());
    }
    return content;
  }

  @Test
  void keepsPositionsOfFilesAndStreams() throws IOException {
    Map<String, Position> content =
        Map.of("/var/log/a \"b\"\\\n\u00e9😀.log", FILE, "container", STREAM);
    store(content);

    assertThat(stored()).isEqualTo(content);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void isReadable() throws IOException {
    store(Map.of("/var/log/app.log", FILE, "c1", STREAM));

    assertThat(Files.readString(file))
        .contains(
            """
            version: 1
            positions:
              "/var/log/app.log":
                kind: file
                generations:
                  - {device: 66306, inode: 12, offset: 90, stdout: 90, stderr: 90, modified: 4, complete: true, \
            head: "256:256:fffffffffffffffb", check: "90:64:0000000000000007"}
            """)
        .contains(
            """
              "c1":
                kind: stream
                timestamp: 1795352401123456789
                lines: ["0000000000000001", "ffffffffffffffff", "0000000000000001"]
            """);
  }

  @Test
  void startsEmptyWhereNothingIs() throws IOException {
    try (Positions positions = Positions.open(file)) {
      assertThat(positions.keys()).isEmpty();
      assertThat(positions.damage()).isEmpty();
      assertThat(positions.lost()).isFalse();
    }
  }

  @Test
  void writesOnlyWhatChanged() throws IOException {
    store(Map.of("a", STREAM));
    Files.delete(file);
    try (Positions positions = Positions.open(file)) {
      positions.save();
      assertThat(file).doesNotExist();
      positions.put("b", FILE);
      positions.save();
      Files.delete(file);
      positions.put("b", FILE);
      positions.save();
      assertThat(file).doesNotExist();
      positions.remove("b");
      positions.save();
      assertThat(file).exists();
    }
  }

  @Test
  void refusesASecondUser() throws IOException {
    try (Positions positions = Positions.open(file)) {
      assertThat(positions.keys()).isEmpty();
      assertThatThrownBy(() -> Positions.open(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another");
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void takesTheGenerationBeforeWhenTheFileBreaksOffAnywhere() throws IOException {
    store(Map.of("a", STREAM));
    store(Map.of("a", STREAM, "b", FILE));
    byte[] whole = Files.readAllBytes(file);
    Path previous = file.resolveSibling("positions.yml.previous");
    byte[] before = Files.readAllBytes(previous);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      Files.write(previous, before);
      try (Positions positions = Positions.open(file)) {
        assertThat(content(positions)).as("cut at %d", length).isEqualTo(Map.of("a", STREAM));
        assertThat(positions.damage()).isNotEmpty();
        assertThat(positions.lost()).isFalse();
      }
    }
  }

  @Test
  void noticesAnyChangedByte() throws IOException {
    store(Map.of("a", STREAM));
    store(Map.of("a", STREAM, "b", FILE));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> PositionsParser.parse(changed))
          .as("byte %d", at)
          .isInstanceOf(PositionsParser.DamagedException.class);
    }
  }

  @Test
  void saysThatPositionsAreLostWhenBothGenerationsAreDamaged() throws IOException {
    store(Map.of("a", STREAM));
    store(Map.of("a", STREAM, "b", FILE));
    Files.write(file, new byte[0]);
    Files.write(file.resolveSibling("positions.yml.previous"), new byte[100]);
    try (Positions positions = Positions.open(file)) {
      assertThat(positions.keys()).isEmpty();
      assertThat(positions.lost()).isTrue();
      assertThat(positions.damage()).hasSize(3);
    }
    assertThat(file.resolveSibling("positions.yml.damaged")).exists();
  }

  /// Every state that a kill can leave between the steps of a replacement.
  @Test
  void survivesAKillAtAnyStepOfReplacing() throws IOException {
    store(Map.of("a", STREAM));
    byte[] old = Files.readAllBytes(file);
    store(Map.of("a", STREAM, "b", FILE));
    byte[] written = Files.readAllBytes(file);
    Path next = file.resolveSibling("positions.yml.new");
    Path previous = file.resolveSibling("positions.yml.previous");
    for (int length = 0; length <= written.length; length += 7) {
      Files.write(file, old);
      Files.write(next, Arrays.copyOf(written, length));
      assertThat(stored()).isEqualTo(Map.of("a", STREAM));
    }
    Files.write(next, written);
    Files.deleteIfExists(previous);
    assertThat(stored()).isEqualTo(Map.of("a", STREAM));
    Files.createLink(previous, file);
    assertThat(stored()).isEqualTo(Map.of("a", STREAM));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(stored()).isEqualTo(Map.of("a", STREAM, "b", FILE));
  }

  @Test
  void leavesANewerVersionAlone() throws IOException {
    store(Map.of("a", STREAM));
    String newer = Files.readString(file).replace("version: 1", "version: 2");
    newer = newer.substring(0, newer.lastIndexOf("checksum:")) + "checksum: none\n";
    Files.writeString(file, newer);

    assertThatThrownBy(() -> Positions.open(file)).hasMessageContaining("version 2");
    assertThat(file).hasContent(newer);
  }

  @Test
  void takesAFileThatWasEditedByHand() throws IOException {
    store(Map.of("a", STREAM));
    String edited = Files.readString(file).replace("\"a\":", "\"z\":");
    edited = edited.substring(0, edited.lastIndexOf("checksum:")) + "checksum: none\n";
    Files.writeString(file, edited, StandardCharsets.UTF_8);

    assertThat(stored()).isEqualTo(Map.of("z", STREAM));
  }
}

package dev.weir.agent.loki.positions;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/// Writes positions as YAML, of a form narrow enough for [PositionsParser] to be strict.
final class PositionsWriter {
  static final String HEADER =
      """
      # What was confirmed of each source. Written by the agent. Whoever edits it while the agent is
      # stopped sets the last line to "checksum: none".
      version: 1
      positions:
      """;
  static final String CHECKSUM = "checksum: ";
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder out = new StringBuilder(HEADER);

  private PositionsWriter() {}

  /// The whole file.
  static byte[] write(SortedMap<String, Position> positions) {
    var writer = new PositionsWriter();
    for (Map.Entry<String, Position> position : positions.entrySet()) {
      writer.position(position.getKey(), position.getValue());
    }
    byte[] body = writer.out.toString().getBytes(StandardCharsets.UTF_8);
    writer.out.append(CHECKSUM).append(checksum(body, body.length)).append('\n');
    return writer.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return HEX.toHexDigits((int) crc.getValue());
  }

  private void position(String key, Position position) {
    out.append("  ");
    quote(key);
    out.append(":\n");
    switch (position) {
      case FilePosition file -> {
        out.append("    kind: file\n    generations:\n");
        file.generations().forEach(this::mark);
      }
      case CursorPosition place -> {
        out.append("    kind: cursor\n    cursor: ");
        quote(place.cursor());
        out.append('\n');
      }
      case StreamPosition stream -> {
        out.append("    kind: stream\n    timestamp: ").append(stream.timestamp());
        out.append("\n    lines: ").append(hashes(stream.lines())).append('\n');
      }
    }
  }

  private void mark(FileMark mark) {
    out.append("      - {device: ").append(mark.device());
    out.append(", inode: ").append(mark.inode());
    out.append(", offset: ").append(mark.offset());
    out.append(", stdout: ").append(mark.stdout());
    out.append(", stderr: ").append(mark.stderr());
    out.append(", modified: ").append(mark.modified());
    out.append(", complete: ").append(mark.complete());
    out.append(", head: ");
    slice(mark.head());
    out.append(", check: ");
    slice(mark.check());
    out.append("}\n");
  }

  private void slice(FileMark.Slice slice) {
    out.append('"').append(slice.end()).append(':').append(slice.length()).append(':');
    out.append(HEX.toHexDigits(slice.hash())).append('"');
  }

  private static String hashes(List<Long> hashes) {
    return hashes.stream()
        .map(hash -> '"' + HEX.toHexDigits(hash) + '"')
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7F) {
        out.append("\\u").append(HEX.toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}

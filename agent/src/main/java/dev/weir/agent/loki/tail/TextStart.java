package dev.weir.agent.loki.tail;

import java.io.IOException;

/// What the first bytes of a file say of its encoding.
///
/// @param encoding that of the byte order mark, or else the declared one
/// @param mark length of the byte order mark
/// @param sure whether more bytes could not change that
record TextStart(TextEncoding encoding, int mark, boolean sure) {
  private static final int LONGEST = 4;

  /// Looks at content from its start.
  static TextStart of(Content content, TextEncoding declared, byte[] scratch) throws IOException {
    int length = content.read(0, scratch, 0, LONGEST);
    return of(scratch, length, declared);
  }

  static TextStart of(byte[] bytes, int length, TextEncoding declared) {
    int first = length > 0 ? bytes[0] & 0xFF : -1;
    int second = length > 1 ? bytes[1] & 0xFF : -1;
    int third = length > 2 ? bytes[2] & 0xFF : -1;
    int fourth = length > 3 ? bytes[3] & 0xFF : -1;
    if (declared.unit() == LONGEST) {
      boolean marked =
          declared.newline().littleEndian()
              ? first == 0xFF && second == 0xFE && third == 0 && fourth == 0
              : first == 0 && second == 0 && third == 0xFE && fourth == 0xFF;
      return new TextStart(declared, marked ? LONGEST : 0, length == LONGEST);
    }
    if (first == 0xFF && second == 0xFE) {
      return new TextStart(TextEncoding.UTF_16LE, 2, true);
    }
    if (first == 0xFE && second == 0xFF) {
      return new TextStart(TextEncoding.UTF_16BE, 2, true);
    }
    if (first == 0xEF && second == 0xBB && third == 0xBF) {
      return new TextStart(TextEncoding.UTF_8, 3, true);
    }
    boolean perhaps =
        length < 2
            ? first == -1 || first == 0xFF || first == 0xFE || first == 0xEF
            : length == 2 && first == 0xEF && second == 0xBB;
    return new TextStart(declared, 0, !perhaps);
  }
}

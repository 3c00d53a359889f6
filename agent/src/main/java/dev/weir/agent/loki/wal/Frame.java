package dev.weir.agent.loki.wal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The head of a record: what is needed to find, check and count it without looking into it.
///
/// Big-endian: magic (4), CRC-32C of all that follows (4), length of the content (4), entries (4),
/// sequence of the first (8), bytes of text before it (8), time of writing in milliseconds (8),
/// bytes of text (4). Then the content.
///
/// @param length of the content
/// @param sequence how many entries were written before
/// @param textBefore how many bytes of text these had
record Frame(int length, int entries, long sequence, long textBefore, long millis, int text) {
  static final int SIZE = 44;

  /// Longer than any batch that a source makes.
  static final int MAX_LENGTH = 256 << 20;

  static final int MAGIC = 0xA7D7E1B3;
  private static final int CHECKED_FROM = 8;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// Writes the head before the content, which follows it in `to`.
  void writeTo(byte[] to) {
    INT.set(to, 0, MAGIC);
    INT.set(to, 8, length);
    INT.set(to, 12, entries);
    LONG.set(to, 16, sequence);
    LONG.set(to, 24, textBefore);
    LONG.set(to, 32, millis);
    INT.set(to, 40, text);
    INT.set(to, 4, checksum(to, 0, length));
  }

  /// The head at an index, null when there is none. Its content is not checked.
  static @Nullable Frame at(byte[] bytes, int start) {
    if (intAt(bytes, start) != MAGIC) {
      return null;
    }
    int length = intAt(bytes, start + 8);
    int entries = intAt(bytes, start + 12);
    long sequence = longAt(bytes, start + 16);
    if (length < 0 || length > MAX_LENGTH || entries < 0 || sequence < 0) {
      return null;
    }
    long before = longAt(bytes, start + 24);
    return new Frame(
        length, entries, sequence, before, longAt(bytes, start + 32), intAt(bytes, start + 40));
  }

  /// Whether head and content, from an index on, are as they were written.
  boolean isIntact(byte[] bytes, int start) {
    return intAt(bytes, start + 4) == checksum(bytes, start, length);
  }

  /// Where its record ends in its file.
  static long end(long start, Frame frame) {
    return start + SIZE + frame.length;
  }

  private static int checksum(byte[] bytes, int start, int length) {
    var crc = new CRC32C();
    crc.update(bytes, start + CHECKED_FROM, SIZE - CHECKED_FROM + length);
    return (int) crc.getValue();
  }

  private static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void putLong(byte[] to, int at, long value) {
    LONG.set(to, at, value);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }
}

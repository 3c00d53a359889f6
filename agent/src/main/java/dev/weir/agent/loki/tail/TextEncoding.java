package dev.weir.agent.loki.tail;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// How text is written as bytes, as far as finding its lines goes.
///
/// @param charset of the text
/// @param newline the bytes of one; they stand at multiples of their length
public record TextEncoding(Charset charset, Newline newline) {
  /// The bytes of a newline.
  ///
  /// @param length how many
  /// @param littleEndian whether the `\n` is the first of them, else it is the last
  public record Newline(int length, boolean littleEndian) {}

  /// What Loki takes.
  public static final TextEncoding UTF_8 = new TextEncoding(StandardCharsets.UTF_8);

  static final TextEncoding UTF_16LE = new TextEncoding(StandardCharsets.UTF_16LE);
  static final TextEncoding UTF_16BE = new TextEncoding(StandardCharsets.UTF_16BE);

  /// What a character means depends on lines before it.
  private static final Set<String> STATEFUL = Set.of("ISO-2022-KR", "ISO-2022-CN");

  private TextEncoding(Charset charset) {
    this(charset, newline(charset));
  }

  /// An encoding by its IANA name; UTF-8 where that is empty.
  ///
  /// @throws IllegalArgumentException when it is unknown, or its lines cannot be told
  public static TextEncoding of(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "", "UTF-8", "UTF8" -> UTF_8;
      // Without a mark they are big-endian.
      case "UTF-16" -> UTF_16BE;
      case "UTF-32" -> new TextEncoding(StandardCharsets.UTF_32BE);
      default -> new TextEncoding(charset(name));
    };
  }

  private static Charset charset(String name) {
    try {
      Charset charset = Charset.forName(name);
      if (charset.canEncode() && !STATEFUL.contains(charset.name())) {
        return charset;
      }
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException("encoding \"" + name + "\" is not known", e);
    }
    throw new IllegalArgumentException("encoding \"" + name + "\" is not supported");
  }

  private static Newline newline(Charset charset) {
    byte[] bytes = "\n".getBytes(charset);
    byte[] little = new byte[bytes.length];
    little[0] = '\n';
    byte[] big = new byte[bytes.length];
    big[bytes.length - 1] = '\n';
    if (!Arrays.equals(bytes, little) && !Arrays.equals(bytes, big)) {
      throw new IllegalArgumentException(
          "encoding \"" + charset.name() + "\" is not supported: it has newlines of its own");
    }
    return new Newline(bytes.length, Arrays.equals(bytes, little));
  }

  boolean isUtf8() {
    return charset.equals(StandardCharsets.UTF_8);
  }

  /// Bytes of a newline, and of every code unit.
  int unit() {
    return newline.length();
  }

  /// The first newline from `from` on, or `to` when there is none before it.
  int next(byte[] bytes, int from, int to) {
    int unit = unit();
    if (unit == 1) {
      return Newlines.next(bytes, from, to);
    }
    for (int p = from; p + unit <= to; p += unit) {
      if (isNewline(bytes, p)) {
        return p;
      }
    }
    return to;
  }

  /// The place behind the last newline before `to`, or `from` when there is none.
  int behindLast(byte[] bytes, int from, int to) {
    int unit = unit();
    if (unit == 1) {
      return Newlines.behindLast(bytes, from, to);
    }
    for (int p = to - (to - from) % unit; p > from; p -= unit) {
      if (isNewline(bytes, p - unit)) {
        return p;
      }
    }
    return from;
  }

  private boolean isNewline(byte[] bytes, int at) {
    int unit = unit();
    int place = newline.littleEndian() ? at : at + unit - 1;
    if (bytes[place] != '\n') {
      return false;
    }
    for (int p = at; p < at + unit; p++) {
      if (p != place && bytes[p] != 0) {
        return false;
      }
    }
    return true;
  }
}

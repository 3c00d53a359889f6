package dev.weir.agent.loki.source.api;

import dev.weir.agent.httpserver.Call;
import dev.weir.agent.httpserver.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Undoes the compression of a request's body, within the limit and the memory that its server may
/// use.
final class Bodies {
  private static final int FIRST_BUFFER = 64 * 1024;

  private Bodies() {}

  /// Whether the body is JSON; else it is protobuf.
  static boolean isJson(Call call) {
    String type = call.header("Content-Type");
    if (type == null) {
      return false;
    }
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT)
        .equals("application/json");
  }

  /// The body of a push, decompressed. Protobuf is always in a snappy block.
  ///
  /// @throws Refusal 400 if it is damaged or of an unknown encoding, 413 or 429 if too large
  static byte[] ofPush(Call call, byte[] body, long limit)
      throws Refusal, MalformedPush, InterruptedException {
    byte[] plain = ofText(call, body, limit);
    return isJson(call) ? plain : unsnapped(call, plain, limit);
  }

  /// The body as its encoding says.
  static byte[] ofText(Call call, byte[] body, long limit)
      throws Refusal, MalformedPush, InterruptedException {
    String header = call.header("Content-Encoding");
    String encoding = header == null ? "" : header.toLowerCase(Locale.ROOT);
    try {
      return switch (encoding) {
        case "", "identity", "snappy" -> body;
        case "gzip" -> inflated(call, new GZIPInputStream(new ByteArrayInputStream(body)), limit);
        case "deflate" -> inflated(call, deflated(body), limit);
        default -> throw new MalformedPush("Content-Encoding \"" + encoding + "\" not supported");
      };
    } catch (IOException e) {
      throw new MalformedPush(encoding + ": " + e.getMessage());
    }
  }

  /// With the envelope of zlib, as HTTP has it, or without, as some send it.
  private static InputStream deflated(byte[] body) {
    boolean zlib =
        body.length > 1
            && (body[0] & 0x0f) == 8
            && ((body[0] & 0xff) << 8 | (body[1] & 0xff)) % 31 == 0;
    return new InflaterInputStream(new ByteArrayInputStream(body), new Inflater(!zlib));
  }

  private static byte[] inflated(Call call, InputStream in, long limit)
      throws IOException, Refusal, InterruptedException {
    try (in) {
      call.memory().grow(FIRST_BUFFER);
      var content = new byte[FIRST_BUFFER];
      int size = 0;
      while (true) {
        int read = in.read(content, size, content.length - size);
        if (read < 0) {
          return Arrays.copyOf(content, size);
        }
        size += read;
        if (size > limit) {
          throw Refusal.tooLarge(size, limit);
        }
        if (size == content.length) {
          call.memory().grow(2L * content.length);
          content = Arrays.copyOf(content, 2 * content.length);
        }
      }
    }
  }

  private static byte[] unsnapped(Call call, byte[] block, long limit)
      throws Refusal, MalformedPush, InterruptedException {
    long size = Snappy.uncompressedLength(block);
    if (size > limit) {
      throw Refusal.tooLarge(size, limit);
    }
    call.memory().grow(size);
    return Snappy.uncompress(block);
  }
}

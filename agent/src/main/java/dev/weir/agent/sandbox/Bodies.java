package dev.weir.agent.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/// Undoes the compression of a push's body, within a limit.
final class Bodies {
  private Bodies() {}

  /// Whether the body is JSON; else it is protobuf.
  static boolean isJson(HttpRequest request) {
    String type = request.header("content-type", "").toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters))
        .strip()
        .equals("application/json");
  }

  /// The body decompressed. Protobuf is always in a snappy block, JSON is as its encoding says.
  ///
  /// @throws BadRequest if it is damaged, too large, or of an unknown encoding
  static byte[] decoded(HttpRequest request, byte[] body, int maxSize) throws BadRequest {
    if (!isJson(request)) {
      return unsnapped(body, maxSize);
    }
    String encoding = request.header("content-encoding", "");
    try {
      return switch (encoding) {
        case "" -> body;
        case "snappy" -> unsnapped(body, maxSize);
        case "gzip" -> limited(new GZIPInputStream(new ByteArrayInputStream(body)), maxSize);
        // Without the header of zlib, as Go reads it.
        case "deflate" ->
            limited(
                new InflaterInputStream(new ByteArrayInputStream(body), new Inflater(true)),
                maxSize);
        default -> throw new BadRequest("Content-Encoding \"" + encoding + "\" not supported");
      };
    } catch (IOException e) {
      throw new BadRequest(encoding + ": " + e.getMessage());
    }
  }

  private static byte[] limited(InputStream in, int maxSize) throws IOException, BadRequest {
    byte[] bytes = in.readNBytes(maxSize + 1);
    if (bytes.length > maxSize) {
      throw tooLarge(bytes.length, maxSize);
    }
    return bytes;
  }

  private static byte[] unsnapped(byte[] body, int maxSize) throws BadRequest {
    try {
      int size = Snappy.uncompressedLength(body);
      // A length past 2 GiB shows as a negative one.
      if (size < 0 || size > maxSize) {
        throw tooLarge(Integer.toUnsignedLong(size), maxSize);
      }
      return Snappy.uncompress(body);
    } catch (IOException | SnappyError e) {
      throw new BadRequest("snappy: corrupt input");
    }
  }

  /// The answer to a body past the limit.
  static BadRequest tooLarge(long size, int maxSize) {
    return new BadRequest(
        413, "request body too large: %d bytes, limit: %d bytes".formatted(size, maxSize));
  }
}

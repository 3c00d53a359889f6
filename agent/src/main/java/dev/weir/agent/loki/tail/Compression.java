package dev.weir.agent.loki.tail;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/// A file that is an archive: it is read to its end once, and after that only what is added to it.
///
/// @param initialDelay how long a new archive is left alone, so that it can be written whole
public record Compression(Format format, Duration initialDelay) {
  /// What an archive may be. Decompressing takes some 10 MiB at most, whatever it holds.
  public enum Format {
    /// One or more members of gzip.
    GZ,
    /// A stream of zlib.
    Z,
    /// One or more streams of bzip2.
    BZ2,
    /// One or more frames of Zstandard, with windows up to 8 MiB.
    ZSTD;

    private static final int BUFFER = 16 << 10;

    /// A format by the name it has in configuration.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Format of(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "gz" -> GZ;
        case "z" -> Z;
        case "bz2" -> BZ2;
        case "zstd", "zst" -> ZSTD;
        default ->
            throw new IllegalArgumentException(
                "format \"" + name + "\" is not one of \"gz\", \"z\", \"bz2\" and \"zstd\"");
      };
    }

    InputStream open(InputStream packed) throws IOException {
      return switch (this) {
        case GZ -> new GZIPInputStream(packed, BUFFER);
        case Z -> new InflaterInputStream(packed);
        case BZ2 -> new BZip2CompressorInputStream(packed, true);
        case ZSTD -> new ZstdInputStream(packed);
      };
    }
  }
}

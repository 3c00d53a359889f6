package dev.weir.agent.pipelinedir;

import dev.weir.agent.river.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A pipeline's file as it was read.
///
/// @param source its text, unpacked
/// @param hash the first 12 hexadecimal digits of the text's SHA-256
record PipelineFile(SourceFile source, String hash) {
  static final String PLAIN = ".river";
  static final String PACKED = ".river.gz";
  private static final int HASH_DIGITS = 12;

  /// Whether a file of that name is a pipeline. Those that begin with a dot are none: editors and
  /// the kubelet make them.
  static boolean isOne(String name) {
    return !name.startsWith(".") && (name.endsWith(PLAIN) || name.endsWith(PACKED));
  }

  /// The pipeline's name within the agent: the file's, without its endings.
  static String idOf(String name) {
    String end = name.endsWith(PACKED) ? PACKED : PLAIN;
    return name.substring(0, name.length() - end.length());
  }

  /// Reads a file; never more than the limit, however much it would unpack to.
  ///
  /// @throws IOException when it cannot be read, or holds more
  static PipelineFile read(Path file, String name, int limit) throws IOException {
    byte[] text;
    try (InputStream in = opened(file, name)) {
      text = in.readNBytes(limit + 1);
    } catch (ZipException e) {
      throw new IOException("is not compressed by gzip", e);
    }
    if (text.length > limit) {
      throw new IOException("is larger than " + limit + " bytes");
    }
    return new PipelineFile(new SourceFile(name, text), hash(text));
  }

  private static InputStream opened(Path file, String name) throws IOException {
    if (!Files.isRegularFile(file)) {
      // A pipe would make whoever opens it wait for ever.
      throw new IOException("is no file");
    }
    InputStream raw = Files.newInputStream(file);
    if (!name.endsWith(PACKED)) {
      return raw;
    }
    try {
      return new GZIPInputStream(raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static String hash(byte[] text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}

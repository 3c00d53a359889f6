package dev.weir.operator.children;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A pipeline as it lies in a ConfigMap: River, compressed. Equal by name and hash.
///
/// @param name of the file, `team-a.shop.river.gz`
/// @param hash first 12 hexadecimal digits of the text's SHA-256
/// @param compressed not to be changed
@SuppressWarnings("ArrayRecordComponent") // Compared by the hash of what it holds.
public record PipelineFile(String name, String hash, byte[] compressed) {
  private static final int LONGEST_KEY = 253;
  private static final int LONGEST_STEM = 200;
  private static final String END = ".river.gz";
  private static final int HASH_BYTES = 6;

  /// The file of a pipeline.
  ///
  /// @param namespace empty for the cluster kind
  public static PipelineFile of(String namespace, String name, String text) {
    return new PipelineFile(fileName(namespace, name), hash(text), compress(text));
  }

  /// One name for one pipeline; a name too long for a key is cut and told apart by its hash.
  public static String fileName(String namespace, String name) {
    String stem = (namespace.isEmpty() ? "_cluster" : namespace) + "." + name;
    return stem.length() + END.length() <= LONGEST_KEY
        ? stem + END
        : stem.substring(0, LONGEST_STEM) + "-" + hash(stem) + END;
  }

  /// The text of a file that lies in a ConfigMap.
  ///
  /// @throws IOException when it is damaged
  public static PipelineFile read(String name, byte[] compressed) throws IOException {
    try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(compressed))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new PipelineFile(name, hash(text), compressed.clone());
    }
  }

  /// River.
  public String text() {
    try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(compressed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] compress(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PipelineFile file && name.equals(file.name) && hash.equals(file.hash);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + hash.hashCode();
  }

  @Override
  public String toString() {
    return name + "@" + hash;
  }
}

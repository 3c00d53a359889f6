package dev.weir.operator.render;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A pipeline as the agents get it, or why there is none.
///
/// @param text River; empty when there are problems
/// @param hash first 12 hexadecimal digits of the text's SHA-256, as agents report it
/// @param problems empty when the pipeline can run
/// @param secretRefs what agents need of secrets, each once; also filled when there are problems
/// @param runsOn which agents of the class run it
public record Rendered(
    String text, String hash, List<Problem> problems, List<SecretRef> secretRefs, RunsOn runsOn) {
  /// Which agents run a pipeline.
  public enum RunsOn {
    /// Those on every node.
    NODES,
    /// The one that reads events.
    SINGLETON
  }

  private static final int HASH_BYTES = 6;

  public Rendered {
    problems = List.copyOf(problems);
    secretRefs = List.copyOf(secretRefs);
  }

  /// Whether there is River to run.
  public boolean ok() {
    return problems.isEmpty();
  }

  static Rendered of(String text, List<SecretRef> secretRefs, RunsOn runsOn) {
    return new Rendered(text, hash(text), List.of(), secretRefs, runsOn);
  }

  static Rendered failed(List<Problem> problems, List<SecretRef> secretRefs, RunsOn runsOn) {
    return new Rendered("", "", problems, secretRefs, runsOn);
  }

  /// The hash of a text.
  static String hash(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package dev.weir.agent.runtime;

import dev.weir.agent.river.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// A configuration as read: one file, or those of a directory, which make up one namespace.
///
/// @param path as the user gave it
/// @param files in order of their names
public record Configuration(Path path, List<SourceFile> files) {
  /// Nothing at all.
  static final Configuration EMPTY = new Configuration(Path.of(""), List.of());

  public Configuration {
    files = List.copyOf(files);
  }

  /// Reads a file of any name, or every `*.alloy` and `*.river` directly inside a directory.
  ///
  /// @throws IOException when something cannot be read
  public static Configuration read(Path path) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (Path file : Files.isDirectory(path) ? inside(path) : List.of(path)) {
      files.add(new SourceFile(file.toString(), Files.readAllBytes(file)));
    }
    return new Configuration(path, files);
  }

  /// The directory that the configuration's variable `module_path` names.
  String modulePath() {
    if (Files.isDirectory(path)) {
      return path.toString();
    }
    Path parent = path.getParent();
    return parent == null ? "." : parent.toString();
  }

  /// A hash of all content, in hexadecimal: equal on two agents that run the same configuration.
  String sha256() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
    files.forEach(file -> digest.update(file.bytes()));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> inside(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Files::isRegularFile).filter(Configuration::named).sorted().toList();
    }
  }

  private static boolean named(Path file) {
    String name = file.toString();
    return name.endsWith(".alloy") || name.endsWith(".river");
  }
}

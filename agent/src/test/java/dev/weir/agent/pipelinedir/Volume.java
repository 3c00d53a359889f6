package dev.weir.agent.pipelinedir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/// A volume as the kubelet projects it: a directory of files beside, links to them through
/// `..data`, which is turned to the next directory by a rename.
final class Volume {
  private final Path root;
  private final Map<String, String> files = new TreeMap<>();
  private int generation;

  Volume(Path root) throws IOException {
    this.root = Files.createDirectories(root);
  }

  Path root() {
    return root;
  }

  Volume put(String name, String text) {
    files.put(name, text);
    return this;
  }

  Volume remove(String name) {
    files.remove(name);
    return this;
  }

  /// Puts all that was changed in its place at once.
  void project() throws IOException {
    Path next = Files.createDirectory(root.resolve("..2026_" + ++generation));
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(next.resolve(file.getKey()), file.getValue());
    }
    Path link = root.resolve("..data_tmp");
    Files.createSymbolicLink(link, next.getFileName());
    Path data = root.resolve("..data");
    Path before = Files.exists(data) ? data.toRealPath() : null;
    Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
    for (String name : files.keySet()) {
      Path seen = root.resolve(name);
      if (!Files.isSymbolicLink(seen)) {
        Files.createSymbolicLink(seen, Path.of("..data", name));
      }
    }
    if (before != null) {
      delete(before);
    }
  }

  private static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!file.toString().endsWith(".gz")) {
      Files.write(file, bytes);
      return;
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
  }

  static void delete(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      all.sorted(java.util.Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}

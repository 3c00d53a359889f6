package dev.weir.agent.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Puts new text in a file's place so that a crash leaves either the old or the new, whole.
final class Replacement {
  private Replacement() {}

  static void write(Path file, String text) throws IOException {
    Path real = file.toRealPath();
    Path directory = real.getParent();
    Path fresh = Files.createTempFile(directory, real.getFileName().toString(), ".new");
    try {
      Files.writeString(fresh, text);
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(real));
      Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}

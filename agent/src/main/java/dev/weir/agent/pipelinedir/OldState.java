package dev.weir.agent.pipelinedir;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what pipelines that are long gone have left on disk. A pipeline that comes back sooner
/// goes on where it was.
///
/// A directory without an owner gets a note of when that was first seen, so that restarts do not
/// make it live longer.
///
/// @param root holds a directory for every uid
record OldState(Path root) {
  private static final Logger log = LoggerFactory.getLogger(OldState.class);

  static final Duration KEPT = Duration.ofDays(7);
  private static final String NOTE = "unused-since";

  /// @param owned uids whose state is in use
  void sweep(Set<String> owned, Instant now) {
    for (Path directory : directories()) {
      try {
        if (owned.contains(directory.getFileName().toString())) {
          Files.deleteIfExists(directory.resolve(NOTE));
        } else {
          sweep(directory, now);
        }
      } catch (IOException e) {
        log.atWarn()
            .addKeyValue("path", directory)
            .addKeyValue("err", e)
            .log("cannot tidy up the state of a pipeline that is gone");
      }
    }
  }

  private static void sweep(Path directory, Instant now) throws IOException {
    Instant since = since(directory.resolve(NOTE));
    if (since == null || since.isAfter(now)) {
      Files.writeString(directory.resolve(NOTE), now.toString());
    } else if (Duration.between(since, now).compareTo(KEPT) > 0) {
      delete(directory);
      log.atInfo().addKeyValue("path", directory).log("removed the state of a pipeline long gone");
    }
  }

  private static @Nullable Instant since(Path note) throws IOException {
    if (!Files.exists(note)) {
      return null;
    }
    try {
      return Instant.parse(Files.readString(note).strip());
    } catch (DateTimeParseException damaged) {
      return null;
    }
  }

  private List<Path> directories() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      log.atWarn().addKeyValue("path", root).addKeyValue("err", e).log("cannot list pipelines");
      return List.of();
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

package dev.weir.agent.loki.tail;

import dev.weir.agent.loki.tail.FileId.Found;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lists a file and its older generations, the newest first.
final class Siblings {
  private static final int HIGHEST_NUMBER = 1000;
  private static final Pattern ROTATED_AT = Pattern.compile("\\.([0-9]{8}-[0-9]{6})(?:\\.gz)?$");

  private Siblings() {}

  /// What is there now. A generation that is renamed meanwhile is not missed.
  static List<Found> of(Path path, Rotation rotation) throws IOException {
    return switch (rotation) {
      case NONE -> only(path);
      case NUMBERED -> numbered(path);
      case SIBLINGS -> siblings(path);
    };
  }

  private static List<Found> only(Path path) throws IOException {
    Found found = find(path);
    return found == null ? List.of() : List.of(found);
  }

  /// From low to high numbers, the way that generations move: one may be seen twice, never missed.
  private static List<Found> numbered(Path path) throws IOException {
    List<Found> found = new ArrayList<>(only(path));
    Set<FileId> seen = new HashSet<>();
    found.forEach(file -> seen.add(file.id()));
    for (int number = 1; number < HIGHEST_NUMBER; number++) {
      Path plain = path.resolveSibling(path.getFileName() + "." + number);
      Found next = find(plain);
      if (next == null) {
        next = find(plain.resolveSibling(plain.getFileName() + ".gz"));
      }
      if (next == null && number > 1) {
        break;
      }
      if (next != null && seen.add(next.id())) {
        found.add(next);
      }
    }
    return found;
  }

  /// Where the path is a link, what lies beside the file that it leads to counts as well: that is
  /// where the file was renamed.
  private static List<Found> siblings(Path path) throws IOException {
    List<Found> older = new ArrayList<>();
    Path plain = path.toAbsolutePath().normalize();
    addBeside(plain, older);
    try {
      Path real = path.toRealPath();
      if (!real.equals(plain)) {
        addBeside(real, older);
      }
    } catch (NoSuchFileException e) {
      // The link leads nowhere for now.
    }
    older.sort(youngestFirst(older));
    List<Found> all = new ArrayList<>(only(path));
    Set<FileId> seen = new HashSet<>();
    all.forEach(file -> seen.add(file.id()));
    for (Found file : older) {
      if (seen.add(file.id())) {
        all.add(file);
      }
    }
    return all;
  }

  /// By the times in their names where all have one, as the kubelet writes them: who compresses a
  /// file may make it look younger than one that was rotated later.
  private static Comparator<Found> youngestFirst(List<Found> older) {
    return older.stream().allMatch(file -> ROTATED_AT.matcher(file.path().toString()).find())
        ? Comparator.comparing(Siblings::rotatedAt).reversed()
        : Comparator.comparingLong(Found::modified).reversed();
  }

  private static String rotatedAt(Found file) {
    Matcher name = ROTATED_AT.matcher(file.path().toString());
    return name.find() ? name.group(1) : "";
  }

  private static void addBeside(Path path, List<Found> older) throws IOException {
    Path directory = path.getParent();
    String name = String.valueOf(path.getFileName());
    if (directory == null) {
      return;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            directory, file -> isOlder(name, String.valueOf(file.getFileName())))) {
      for (Path file : files) {
        Found found = find(file);
        if (found != null) {
          older.add(found);
        }
      }
    } catch (NoSuchFileException e) {
      // No directory, nothing in it.
    }
  }

  private static boolean isOlder(String name, String other) {
    if (other.length() > name.length() && other.startsWith(name)) {
      char next = other.charAt(name.length());
      return next == '.' || next == '-';
    }
    int dot = name.lastIndexOf('.');
    if (dot <= 0) {
      return false;
    }
    String extension = name.substring(dot);
    return other.startsWith(name.substring(0, dot) + "-")
        && (other.endsWith(extension) || other.endsWith(extension + ".gz"));
  }

  private static @Nullable Found find(Path path) throws IOException {
    try {
      return FileId.at(path);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}

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
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lists a file and its older generations, the newest first.
///
/// What is listed was there at one and the same moment, also while the writer is renaming: a list
/// counts once a second one, made after it, is the same.
final class Siblings {
  private static final int HIGHEST_NUMBER = 1000;
  private static final Pattern ROTATED_AT = Pattern.compile("\\.([0-9]{8}-[0-9]{6})(?:\\.gz)?$");

  /// What the kubelet calls a file while it compresses another into it.
  private static final String UNFINISHED = ".tmp";

  /// So often it is looked for two lists that agree, before it is left for later.
  private static final int LOOKS = 50;

  /// Where nothing has these numbers, nothing has a higher one. While the writer moves its files up
  /// there is one place where nothing is.
  private static final int MISSES = 2;

  private final Path path;
  private final Look look;

  /// What is at a path now, see [FileId#at].
  interface Look {
    Found at(Path path) throws IOException;
  }

  Siblings(Path path, Look look) {
    this.path = path;
    this.look = look;
  }

  /// What is there now.
  ///
  /// @throws FileId.MovedException when the writer is too fast for now
  List<Found> list(Rotation rotation) throws IOException {
    return switch (rotation) {
      case NONE -> only();
      case NUMBERED -> numbered();
      case SIBLINGS -> siblings(Siblings::isOlder);
      case KUBELET -> siblings(Siblings::isRotated);
    };
  }

  private List<Found> only() throws IOException {
    Found found = find(path);
    return found == null ? List.of() : List.of(found);
  }

  private List<Found> numbered() throws IOException {
    List<Found> found = scan();
    for (int i = 0; i < LOOKS; i++) {
      List<Found> before = found;
      found = scan();
      if (agree(before, found)) {
        return found;
      }
    }
    // A list that is mixed from several moments may have them in the wrong order.
    throw new FileId.MovedException(path);
  }

  /// From low to high numbers, the way that generations move: one may be seen twice, and missed
  /// only if the writer comes round more than once meanwhile.
  private List<Found> scan() throws IOException {
    List<Found> found = new ArrayList<>(only());
    Set<FileId> seen = new HashSet<>();
    found.forEach(file -> seen.add(file.id()));
    int misses = 0;
    for (int number = 1; number < HIGHEST_NUMBER && misses < MISSES; number++) {
      Path plain = path.resolveSibling(path.getFileName() + "." + number);
      Found next = find(plain);
      if (next == null) {
        next = find(plain.resolveSibling(plain.getFileName() + ".gz"));
      }
      misses = next == null ? misses + 1 : 0;
      if (next != null && seen.add(next.id())) {
        found.add(next);
      }
    }
    return found;
  }

  /// Whether nothing moved between two lists. The newest may have been written to; an older one
  /// that was is another file with the same number.
  private boolean agree(List<Found> one, List<Found> other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      Found before = one.get(i);
      Found after = other.get(i);
      same =
          before.path().equals(after.path())
              && before.id().equals(after.id())
              && (before.path().equals(path) || before.modified() == after.modified());
    }
    return same;
  }

  /// Where the path is a link, what lies beside the file that it leads to counts as well: that is
  /// where the file was renamed.
  private List<Found> siblings(BiPredicate<String, String> isOlder) throws IOException {
    List<Found> older = new ArrayList<>();
    Path plain = path.toAbsolutePath().normalize();
    addBeside(plain, isOlder, older);
    try {
      Path real = path.toRealPath();
      if (!real.equals(plain)) {
        addBeside(real, isOlder, older);
      }
    } catch (NoSuchFileException e) {
      // The link leads nowhere for now.
    }
    older.removeIf(file -> file.compressed() && isCopied(file.path(), older));
    older.sort(youngestFirst(older));
    List<Found> all = new ArrayList<>(only());
    Set<FileId> seen = new HashSet<>();
    all.forEach(file -> seen.add(file.id()));
    for (Found file : older) {
      if (seen.add(file.id())) {
        all.add(file);
      }
    }
    return all;
  }

  /// Whether what was compressed is still there as well, which whoever compressed it will delete.
  private static boolean isCopied(Path compressed, List<Found> all) {
    String name = compressed.toString();
    Path plain = compressed.resolveSibling(name.substring(0, name.length() - ".gz".length()));
    return all.stream().anyMatch(file -> file.path().equals(plain));
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

  private void addBeside(Path file, BiPredicate<String, String> isOlder, List<Found> older)
      throws IOException {
    Path directory = file.getParent();
    String name = String.valueOf(file.getFileName());
    if (directory == null) {
      return;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            directory, other -> isOlder.test(name, String.valueOf(other.getFileName())))) {
      for (Path other : files) {
        Found found = find(other);
        if (found != null) {
          older.add(found);
        }
      }
    } catch (NoSuchFileException e) {
      // No directory, nothing in it.
    }
  }

  private static boolean isRotated(String name, String other) {
    return other.startsWith(name + ".")
        && ROTATED_AT.matcher(other).find()
        && other.indexOf('.', name.length() + 1) == other.lastIndexOf(".gz");
  }

  private static boolean isOlder(String name, String other) {
    if (other.endsWith(UNFINISHED)) {
      return false;
    }
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

  private @Nullable Found find(Path file) throws IOException {
    try {
      return look.at(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (FileId.RefusedException e) {
      if (file.equals(path)) {
        throw e;
      }
      // A directory, say, that is called as an older generation would be.
      return null;
    }
  }
}

package dev.weir.agent.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A pattern for paths: in a name `*`, `?`, `[a-z]`; `**` for any number of directories; `{a,b}`
/// for either.
///
/// Immutable and thread-safe.
public final class Glob {
  /// Files of one glob; more are left out, so that a careless pattern cannot fill the heap.
  public static final int MOST_FILES = 10_000;

  private static final int MOST_ALTERNATIVES = 1000;
  private static final int DEEPEST = 64;
  private static final SegmentPattern ANY_DIRECTORIES = new SegmentPattern("**");

  private final String text;
  private final List<List<SegmentPattern>> alternatives = new ArrayList<>();

  private Glob(String text) {
    this.text = text;
    for (String one : expanded(text)) {
      alternatives.add(Arrays.stream(one.split("/+", -1)).map(SegmentPattern::new).toList());
    }
  }

  /// Reads a pattern.
  ///
  /// @throws IllegalArgumentException when its braces do not match or mean too much
  public static Glob parse(String text) {
    return new Glob(text);
  }

  private static List<String> expanded(String text) {
    List<String> done = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(text));
    while (!open.isEmpty()) {
      String one = open.removeLast();
      int brace = brace(one);
      if (brace < 0) {
        done.add(one);
      } else {
        open.addAll(choices(one, brace));
      }
      if (open.size() + done.size() > MOST_ALTERNATIVES) {
        throw new IllegalArgumentException("too many alternatives in pattern \"" + text + "\"");
      }
    }
    return done;
  }

  private static int brace(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '{') {
        return i;
      }
    }
    return -1;
  }

  private static List<String> choices(String text, int open) {
    List<String> choices = new ArrayList<>();
    int depth = 0;
    int start = open + 1;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        continue;
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      boolean ends = c == '}' && depth == 0;
      if (ends || (c == ',' && depth == 1)) {
        choices.add(text.substring(start, i));
        start = i + 1;
      }
      if (ends) {
        String before = text.substring(0, open);
        String after = text.substring(i + 1);
        return choices.stream().map(choice -> before + choice + after).toList();
      }
    }
    throw new IllegalArgumentException("syntax error in pattern \"" + text + "\"");
  }

  /// Whether a path matches, whole.
  public boolean matches(Path path) {
    String[] names = path.toString().split("/+", -1);
    return alternatives.stream().anyMatch(segments -> matches(segments, names));
  }

  /// As with the stars in a name, the last `**` takes one more name where the rest does not match.
  private static boolean matches(List<SegmentPattern> segments, String[] names) {
    int at = 0;
    int i = 0;
    int star = -1;
    int starName = 0;
    while (i < names.length) {
      if (at < segments.size() && segments.get(at).equals(ANY_DIRECTORIES)) {
        star = at++;
        starName = i;
      } else if (at < segments.size() && segments.get(at).matches(names[i])) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++starName;
      } else {
        return false;
      }
    }
    while (at < segments.size() && segments.get(at).equals(ANY_DIRECTORIES)) {
      at++;
    }
    return at == segments.size();
  }

  /// Every path that matches, sorted, at most [#MOST_FILES]. What cannot be looked into is left
  /// out.
  public Set<Path> paths() {
    var found = new TreeSet<Path>();
    for (List<SegmentPattern> segments : alternatives) {
      boolean absolute = segments.getFirst().pattern().isEmpty() && segments.size() > 1;
      Path start = Path.of(absolute ? "/" : "");
      new Walk(found).from(start, segments.subList(absolute ? 1 : 0, segments.size()), 0);
    }
    return found;
  }

  /// The directories below which all matches lie: what comes before the first name with a pattern
  /// in it, one for each alternative.
  public List<Path> directories() {
    return alternatives.stream().map(Glob::directory).toList();
  }

  private static Path directory(List<SegmentPattern> segments) {
    var directory = new StringBuilder();
    for (SegmentPattern segment : segments.subList(0, segments.size() - 1)) {
      if (!segment.isLiteral()) {
        break;
      }
      directory.append(segment.pattern()).append('/');
    }
    return Path.of(directory.toString());
  }

  private static final class Walk {
    private final Set<Path> found;
    private final Set<Path> entered = new HashSet<>();

    Walk(Set<Path> found) {
      this.found = found;
    }

    void from(Path directory, List<SegmentPattern> segments, int depth) {
      if (depth > DEEPEST || found.size() >= MOST_FILES) {
        return;
      }
      SegmentPattern first = segments.getFirst();
      List<SegmentPattern> rest = segments.subList(1, segments.size());
      if (first.equals(ANY_DIRECTORIES)) {
        anyDirectories(directory, segments, rest, depth);
      } else if (first.isLiteral()) {
        step(directory.resolve(first.pattern()), rest, depth);
      } else {
        for (Path child : children(directory)) {
          if (first.matches(String.valueOf(child.getFileName()))) {
            step(child, rest, depth);
          }
        }
      }
    }

    private void step(Path path, List<SegmentPattern> rest, int depth) {
      if (!rest.isEmpty()) {
        if (Files.isDirectory(path)) {
          from(path, rest, depth + 1);
        }
      } else if (found.size() < MOST_FILES && Files.exists(path)) {
        found.add(path);
      }
    }

    private void anyDirectories(
        Path directory, List<SegmentPattern> segments, List<SegmentPattern> rest, int depth) {
      if (rest.isEmpty()) {
        rest = List.of(new SegmentPattern("*"));
      }
      Path real = real(directory);
      // A link to a directory that the way here has come through leads round in a circle.
      if (!entered.add(real)) {
        return;
      }
      from(directory, rest, depth);
      for (Path child : children(directory)) {
        if (Files.isDirectory(child)) {
          from(child, segments, depth + 1);
        }
      }
      entered.remove(real);
    }

    private static Path real(Path directory) {
      try {
        return directory.toRealPath();
      } catch (IOException e) {
        return directory;
      }
    }

    private static List<Path> children(Path directory) {
      List<Path> children = new ArrayList<>();
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
        for (Path child : stream) {
          children.add(child);
        }
      } catch (IOException | DirectoryIteratorException e) {
        // Not a directory, not readable, or gone: nothing in it can be matched.
        return children;
      }
      return children;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}

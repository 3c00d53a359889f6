package dev.weir.agent.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A method that takes any input.
record FuzzTarget(Class<?> type, String method) {
  private static final String ENDING = "FuzzTest.class";

  /// Those of every class that is named as one of fuzz targets, in the order of their names.
  static List<FuzzTarget> all(Path classes) {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .map(file -> name(classes.relativize(file)))
          .flatMap(FuzzTarget::of)
          .sorted(Comparator.comparing(FuzzTarget::toString))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    String path = file.toString();
    return path.substring(0, path.length() - ".class".length()).replace('/', '.');
  }

  private static Stream<FuzzTarget> of(String className) {
    try {
      Class<?> type = Class.forName(className, false, FuzzTarget.class.getClassLoader());
      return Arrays.stream(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(FuzzTest.class))
          .map(method -> new FuzzTarget(type, method.getName()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Where its known inputs are, below the directory of test resources.
  Path inputs() {
    String below = type.getName().replace('.', '/') + "Inputs";
    return Path.of(below, method);
  }

  @Override
  public String toString() {
    return type.getSimpleName() + "." + method;
  }
}

package dev.weir.agent.fuzz;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One search for inputs that a target does not bear, by a JVM of its own: Jazzer does one a JVM.
///
/// What is learnt stays in `corpus`, from where the next search goes on; an input that breaks the
/// target stays beside it, as `crash-...` or `timeout-...`.
final class FuzzRun {
  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units: (\\d+)");

  /// What targets use. Jazzer reads every library of the class path before it begins: with all of
  /// them that takes 18 processor seconds, with these 5.
  private static final Pattern LIBRARIES =
      Pattern.compile(
          "jazzer|junit|jqwik|assertj|opentest4j|apiguardian|jspecify|jackson|protobuf|snappy|slf4j"
              + "|re2j|safere|docker-java|commons-compress|aircompressor|awaitility|hamcrest|snakeyaml");

  /// Jazzer's own detectors look for what this program has none of, such as SQL.
  private static final List<String> DETECTORS =
      List.of(
          "BigDecimal",
          "ClojureLangHooks",
          "Deserialization",
          "ExpressionLanguageInjection",
          "FilePathTraversal",
          "LdapInjection",
          "NamingContextLookup",
          "OsCommandInjection",
          "ReflectiveCall",
          "RegexInjection",
          "RegexRoadblocks",
          "ScriptEngineInjection",
          "ServerSideRequestForgery",
          "SqlInjection",
          "TemplateInjection",
          "UnsafeSanitizer",
          "XPathInjection",
          "XmlParserSsrfGuidance");

  private final FuzzTarget target;
  private final Path directory;

  /// @param directory of all searches
  FuzzRun(FuzzTarget target, Path directory) {
    this.target = target;
    this.directory = directory.resolve(target.toString()).toAbsolutePath();
  }

  /// How a search ended.
  ///
  /// @param output all that it said
  /// @param found inputs that the target does not bear
  record Result(int status, String output, List<Path> found) {
    /// How many inputs it tried.
    long executions() {
      Matcher matcher = EXECUTIONS.matcher(output);
      return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /// The end of what it said.
    String tail() {
      return output.substring(Math.max(0, output.length() - 6000));
    }
  }

  /// Searches for a time, from a seed; the same seed and corpus try the same inputs.
  Result search(int seconds, int seed) throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(directory.resolve("corpus"));
    Path log = directory.resolve("log");
    Process running =
        new ProcessBuilder(command(seconds, seed, corpus))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      int status = running.waitFor();
      return new Result(status, Files.readString(log, StandardCharsets.ISO_8859_1), found());
    } finally {
      running.destroyForcibly();
    }
  }

  private List<String> command(int seconds, int seed, Path corpus) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath(),
            "com.code_intelligence.jazzer.Jazzer"));
    command.addAll(
        List.of(
            "--target_class=" + target.type().getName(),
            "--target_method=" + target.method(),
            "--instrumentation_includes=dev.weir.agent.**",
            "--custom_hook_includes=dev.weir.agent.**",
            "--disabled_hooks=" + detectors(),
            "--max_duration=" + seconds + "s",
            "--reproducer_path=" + directory,
            "-artifact_prefix=" + directory + "/",
            "-seed=" + seed,
            "-timeout=10",
            "-print_final_stats=1",
            corpus.toString()));
    return command;
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith(".jar") || LIBRARIES.matcher(entry).find())
        .collect(joining(File.pathSeparator));
  }

  private static String detectors() {
    return DETECTORS.stream()
        .map(name -> "com.code_intelligence.jazzer.sanitizers." + name)
        .collect(joining(File.pathSeparator));
  }

  private List<Path> found() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("(crash|timeout|oom)-.*"))
          .sorted()
          .toList();
    }
  }
}

package dev.weir.agent.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.agent.Components;
import dev.weir.agent.component.Component;
import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.component.ComponentType;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.OptionalSecret;
import dev.weir.agent.river.eval.Reference;
import dev.weir.agent.river.eval.References;
import dev.weir.agent.river.eval.Scope;
import dev.weir.agent.river.eval.Value;
import dev.weir.agent.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The pages tell every metric that components make, and no other.
class MetricsTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "weir", "agent");
  private static final Pattern RIVER = Pattern.compile("(?ms)^```river\n(.*?)^```");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (counter|gauge|histogram) \\| .* \\| \\S.* \\|$");
  private static final Pattern OF_STAGE = Pattern.compile("`(loki_process_[a-z_]+)[`{]");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern LITERAL =
      Pattern.compile("\"((?:loki|local|remote|prometheus_sd)_[a-z_]+|_[a-z]+_[a-z_]+)\"");

  /// Beginnings of names, routes of requests and other text that looks like a metric.
  private static final Set<String> NO_METRICS =
      Set.of(
          "remote_timeout",
          "loki_api_v",
          "loki_process_custom_",
          "loki_secretfilter_",
          "loki_source_api",
          "loki_source_docker_target_",
          "loki_source_file_",
          "loki_source_heroku_drain_target",
          "loki_source_kubernetes",
          "loki_source_kubernetes_files_",
          "loki_source_podlogs");

  /// What reads a file or asks a server when it is made.
  private static final Set<String> REACHING_OUT =
      Set.of(
          "local.file", "remote.http", "remote.kubernetes.configmap", "remote.kubernetes.secret");

  @TempDir private Path directory;

  static Stream<ComponentType<?>> components() {
    return Components.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("components")
  void tellsWhatAComponentRegisters(ComponentType<?> type) throws Exception {
    if (REACHING_OUT.contains(type.name())) {
      return;
    }
    Map<String, String> told = told(type);
    var context = new TestContext(type.name() + ".example", directory);

    Component<?> made = make(type, context);

    assertThat(made).isNotNull();
    TYPE.matcher(context.scrape())
        .results()
        .filter(registered -> !isLargest(registered.group(1), told))
        .forEach(
            registered -> assertThat(told).containsEntry(registered.group(1), registered.group(2)));
  }

  /// Whether it is the largest value that comes with each histogram.
  private static boolean isLargest(String name, Map<String, String> told) {
    return name.endsWith("_max")
        && "histogram".equals(told.get(name.substring(0, name.length() - "_max".length())));
  }

  @Test
  void tellsWhatTheSourcesName() throws IOException {
    Set<String> told = allTold();
    String sources = sources();

    Set<String> untold =
        LITERAL
            .matcher(sources)
            .results()
            .map(literal -> literal.group(1))
            .filter(name -> !name.startsWith("_") && !NO_METRICS.contains(name))
            .filter(name -> !told.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(untold).isEmpty();
  }

  @Test
  void tellsNothingThatTheSourcesDoNotName() throws IOException {
    String sources = sources();
    Set<String> unknown = new TreeSet<>();
    for (String name : allTold()) {
      boolean whole = sources.contains("\"" + name + "\"");
      boolean inParts =
          NO_METRICS.stream()
              .filter(name::startsWith)
              .anyMatch(prefix -> sources.contains("\"" + name.substring(prefix.length()) + "\""));
      if (!whole && !inParts) {
        unknown.add(name);
      }
    }

    assertThat(unknown).isEmpty();
  }

  private static Map<String, String> told(ComponentType<?> type) throws IOException {
    Map<String, String> told = new LinkedHashMap<>();
    ROW.matcher(Files.readString(Pages.of(type)))
        .results()
        .forEach(row -> told.put(row.group(1), row.group(2)));
    return told;
  }

  private static Set<String> allTold() throws IOException {
    Set<String> told = new TreeSet<>();
    for (ComponentType<?> type : Components.ALL) {
      told.addAll(told(type).keySet());
    }
    OF_STAGE
        .matcher(Files.readString(Pages.STAGES))
        .results()
        .map(metric -> metric.group(1))
        .filter(name -> !NO_METRICS.contains(name))
        .forEach(told::add);
    return told;
  }

  private static String sources() throws IOException {
    var text = new StringBuilder();
    for (String part : List.of("loki", "discovery", "local", "remote", "httpserver")) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve(part))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }

  /// Makes the component of its page's first example, without the others of the example.
  private static <A extends Record> Component<A> make(
      ComponentType<A> type, ComponentContext context) throws Exception {
    String example =
        RIVER
            .matcher(Files.readString(Pages.of(type)))
            .results()
            .map((MatchResult block) -> block.group(1))
            .findFirst()
            .orElseThrow();
    for (Statement statement :
        Parser.parse(SourceFile.of(type.name(), example)).body().statements()) {
      if (statement instanceof Block block && block.fullName().equals(type.name())) {
        return type.factory()
            .create(Decoder.decode(block, type.arguments(), scope(block)), context);
      }
    }
    throw new IllegalStateException("no example of " + type.name());
  }

  private static Scope scope(Block block) {
    Map<String, Value> variables = new LinkedHashMap<>();
    for (Reference reference : References.of(block)) {
      List<String> path = reference.path();
      String first = path.getFirst();
      variables.put(first, put(variables.get(first), path.subList(1, path.size())));
    }
    return new Scope(variables);
  }

  /// An object in which the path leads to what the last name of it says.
  private static Value put(@Nullable Value known, List<String> path) {
    if (path.isEmpty()) {
      return new Value.StringValue("");
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    if (known instanceof Value.ObjectValue object) {
      fields.putAll(object.fields());
    }
    String name = path.getFirst();
    fields.put(
        name,
        path.size() == 1 ? export(name) : put(fields.get(name), path.subList(1, path.size())));
    return new Value.ObjectValue(fields);
  }

  private static Value export(String name) {
    return switch (name) {
      case "receiver" -> new Value.CapsuleValue("loki.LogsReceiver", (Receiver) _ -> {});
      case "rules" -> new Value.CapsuleValue("loki.RelabelRules", Rules.NONE);
      case "targets", "output" -> new Value.ArrayValue(List.of());
      case "content" -> new Value.CapsuleValue("OptionalSecret", new OptionalSecret(false, "text"));
      case "data" ->
          new Value.ObjectValue(
              Map.of(
                  "url", new Value.StringValue("http://x"),
                  "token", new Value.StringValue("text")));
      default -> throw new IllegalStateException("no export " + name);
    };
  }
}

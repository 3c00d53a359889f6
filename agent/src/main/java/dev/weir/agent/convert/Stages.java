package dev.weir.agent.convert;

import static dev.weir.agent.convert.Fields.bool;
import static dev.weir.agent.convert.Fields.duration;
import static dev.weir.agent.convert.Fields.list;
import static dev.weir.agent.convert.Fields.map;
import static dev.weir.agent.convert.Fields.number;
import static dev.weir.agent.convert.Fields.text;
import static java.util.Map.entry;

import dev.weir.agent.river.Statement;
import dev.weir.agent.river.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/// `pipeline_stages` as the blocks of a `loki.process`.
final class Stages {
  private static final Map<String, Field> STAGES =
      Map.ofEntries(
          entry("decolorize", stage("decolorize")),
          entry("docker", stage("docker")),
          entry(
              "cri",
              stage(
                  "cri",
                  number("max_partial_lines"),
                  number("max_partial_line_size"),
                  bool("max_partial_line_size_truncate"))),
          entry("regex", stage("regex", text("expression"), text("source"))),
          entry("replace", stage("replace", text("expression"), text("source"), text("replace"))),
          entry("json", stage("json", map("expressions"), text("source"), bool("drop_malformed"))),
          entry("logfmt", stage("logfmt", map("mapping"), text("source"))),
          entry("template", stage("template", text("source"), text("template"))),
          entry("output", stage("output", text("source"))),
          entry("tenant", stage("tenant", text("label"), text("source"), text("value"))),
          entry("sampling", stage("sampling", number("rate"))),
          entry("pack", stage("pack", list("labels"), bool("ingest_timestamp"))),
          entry("geoip", stage("geoip", text("db"), text("source"), text("db_type"))),
          entry(
              "timestamp",
              stage(
                  "timestamp",
                  text("source"),
                  text("format"),
                  list("fallback_formats"),
                  text("location"),
                  text("action_on_failure"))),
          entry(
              "drop",
              stage(
                  "drop",
                  Stages::dropSource,
                  text("expression"),
                  text("value"),
                  text("separator"),
                  duration("older_than"),
                  text("longer_than"),
                  text("drop_counter_reason"))),
          entry(
              "limit",
              stage(
                  "limit",
                  number("rate"),
                  number("burst"),
                  bool("drop"),
                  text("by_label_name"),
                  number("max_distinct_labels"))),
          entry(
              "multiline",
              stage(
                  "multiline", text("firstline"), number("max_lines"), duration("max_wait_time"))),
          entry(
              "eventlogmessage",
              stage(
                  "eventlogmessage",
                  text("source"),
                  bool("drop_invalid_labels"),
                  bool("overwrite_existing"))),
          entry(
              "match",
              stage(
                  "match",
                  text("selector"),
                  text("pipeline_name"),
                  text("action"),
                  text("drop_counter_reason"),
                  Stages::nested)),
          entry("labels", values("labels", map("labels", "values"))),
          entry("static_labels", values("static_labels", map("static_labels", "values"))),
          entry("labelallow", values("label_keep", list("labelallow", "values"))),
          entry("labeldrop", values("label_drop", list("labeldrop", "values"))),
          entry(
              "structured_metadata",
              values("structured_metadata", map("structured_metadata", "values"))),
          entry(
              "non_indexed_labels",
              values("structured_metadata", map("non_indexed_labels", "values"))),
          entry("metrics", Stages::metrics));

  private Stages() {}

  /// A stage whose settings are a mapping below its name.
  private static Field stage(String name, Field... fields) {
    return (section, into) -> {
      List<Statement> statements =
          section
              .section(name)
              .map(settings -> Fields.statements(settings, fields))
              .orElse(List.of());
      into.add(Synthetic.block("stage." + name, null, statements));
    };
  }

  /// A stage whose settings are the values themselves.
  private static Field values(String name, Field values) {
    return (section, into) -> {
      List<Statement> statements = new ArrayList<>();
      values.convert(section, statements);
      into.add(Synthetic.block("stage." + name, null, statements));
    };
  }

  /// The blocks of a list of stages.
  static List<Statement> of(List<Section> stages) {
    List<Statement> blocks = new ArrayList<>();
    for (Section stage : stages) {
      convert(stage, blocks);
    }
    return blocks;
  }

  private static void convert(Section stage, List<Statement> into) {
    List<Field> known =
        STAGES.entrySet().stream()
            .filter(form -> stage.contains(form.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    if (known.size() == 1) {
      known.getFirst().convert(stage, into);
      stage.close();
    } else if (known.isEmpty()) {
      stage
          .takeAll()
          .forEach((name, value) ->
              stage.findings().error(value, "stage " + name + " is not supported"));
    } else {
      stage.findings().critical(stage.node(), "a pipeline stage must have exactly one name");
    }
  }

  /// Promtail takes one name or a list, River names joined by commas.
  private static void dropSource(Section section, List<Statement> into) {
    List<String> names = section.textOrTexts("source");
    if (!names.isEmpty()) {
      into.add(Synthetic.attribute("source", Synthetic.string(String.join(",", names))));
    }
  }

  private static void nested(Section section, List<Statement> into) {
    into.addAll(of(section.sections("stages")));
  }

  private static void metrics(Section stage, List<Statement> into) {
    List<Statement> blocks = new ArrayList<>();
    stage
        .section("metrics")
        .ifPresent(metrics ->
            metrics.takeAll().forEach((name, node) -> metric(metrics, name, node, blocks)));
    into.add(Synthetic.block("stage.metrics", null, blocks));
  }

  private static void metric(Section metrics, String name, Node node, List<Statement> into) {
    Section metric = Section.of("metric " + name, node, metrics.findings());
    String type = metric.text("type").orElse("").toLowerCase(Locale.ROOT);
    if (!List.of("counter", "gauge", "histogram").contains(type)) {
      metrics
          .findings()
          .critical(node, "metric " + name + " must be a counter, gauge or histogram");
      return;
    }
    List<Statement> statements = new ArrayList<>();
    statements.add(Synthetic.attribute("name", Synthetic.string(name)));
    statements.addAll(
        Fields.statements(
            metric,
            text("description"),
            text("source"),
            text("prefix"),
            duration("max_idle_duration"),
            (section, all) ->
                section.section("config").ifPresent(c -> all.addAll(configured(c, type)))));
    into.add(Synthetic.block("metric." + type, null, statements));
  }

  private static List<Statement> configured(Section config, String type) {
    return switch (type) {
      case "counter" ->
          Fields.statements(
              config, text("value"), text("action"), bool("match_all"), bool("count_entry_bytes"));
      case "gauge" -> Fields.statements(config, text("value"), text("action"));
      default -> Fields.statements(config, text("value"), numbers("buckets"));
    };
  }

  private static Field numbers(String name) {
    return (section, into) -> {
      if (section.has(name)) {
        into.add(
            Synthetic.attribute(
                name,
                Synthetic.array(
                    section.elements(name).stream()
                        .flatMap(value -> Scalars.number(section, name, value).stream())
                        .toList())));
      }
    };
  }
}

package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.JsonParse;
import dev.weir.operator.api.Parse;
import dev.weir.operator.api.ParseError;
import dev.weir.operator.api.RegexParse;
import dev.weir.operator.api.TimestampParse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Joins lines, reads their fields, time and severity.
final class ParseStages {
  private static final String LINE = "__weir_line";
  private static final String ERROR = "parse_error";
  private static final String OBJECT = "^\\s*\\{";

  private final Parse parse;
  private final Set<String> fields;
  private final List<Block> blocks = new ArrayList<>();

  /// @param fields names that the pipeline asks for
  private ParseStages(Parse parse, Set<String> fields) {
    this.parse = parse;
    this.fields = fields;
  }

  static List<Block> of(Parse parse, Set<String> fields, boolean severityTested) {
    var stages = new ParseStages(parse, fields);
    MultilineStages.of(parse.multiline()).ifPresent(stages.blocks::add);
    stages.format();
    TimestampParse timestamp = parse.timestamp();
    if (timestamp != null) {
      stages.timestamp(timestamp);
    }
    if (parse.severity() != null) {
      stages.blocks.addAll(SeverityStages.of(parse.severity(), severityTested));
    }
    return stages.blocks;
  }

  private void format() {
    switch (parse.format()) {
      case NONE -> {}
      case JSON -> blocks.addAll(json());
      case LOGFMT -> blocks.addAll(logfmt());
      case REGEX -> regex(parse.regex());
      case AUTO -> {
        inMatch(new LogqlText().line("|~", OBJECT), json());
        inMatch(new LogqlText().line("!~", OBJECT), logfmt());
      }
    }
  }

  private void inMatch(LogqlText selector, List<Block> stages) {
    if (!stages.isEmpty()) {
      blocks.add(ConditionStages.match(selector, stages));
    }
  }

  private List<Block> json() {
    JsonParse json = parse.json() == null ? new JsonParse(Map.of(), true) : parse.json();
    Map<String, String> expressions = new LinkedHashMap<>();
    json.fields().forEach((name, path) -> expressions.put(name, path.isEmpty() ? own(name) : path));
    fields.forEach(name -> expressions.putIfAbsent(name, own(name)));
    if (!json.keepOriginal()) {
      expressions.put(LINE, "message || msg");
    }
    List<Block> made = new ArrayList<>();
    boolean drop = parse.onError() == ParseError.DROP;
    if (drop) {
      // The stage wants something to look for.
      expressions.putIfAbsent(LINE, "");
    }
    if (!expressions.isEmpty()) {
      BlockDraft stage = block("stage.json").texts("expressions", expressions);
      made.add((drop ? stage.bool("drop_malformed", true) : stage).build());
    }
    if (parse.onError() == ParseError.LABEL) {
      made.add(template(ERROR, "{{ if not (kindIs \"map\" (fromJson .Entry)) }}true{{ end }}"));
      made.add(block("stage.labels").texts("values", Map.of(ERROR, ERROR)).build());
    }
    if (!json.keepOriginal()) {
      made.add(block("stage.output").text("source", LINE).build());
    }
    return made;
  }

  /// A plain name is read without JMESPath.
  private static String own(String name) {
    return Names.isLabel(name) ? "" : JmesText.field(name);
  }

  static Block template(String source, String template) {
    return block("stage.template").text("source", source).text("template", template).build();
  }

  private List<Block> logfmt() {
    Map<String, String> mapping = new LinkedHashMap<>();
    fields.forEach(name -> mapping.put(name, ""));
    return mapping.isEmpty()
        ? List.of()
        : List.of(block("stage.logfmt").texts("mapping", mapping).build());
  }

  private void regex(@Nullable RegexParse regex) {
    if (regex == null) {
      return;
    }
    LogqlText other = new LogqlText().line("!~", regex.expression());
    if (parse.onError() == ParseError.DROP) {
      blocks.add(
          block("stage.match")
              .text("selector", other.text())
              .text("action", "drop")
              .text("drop_counter_reason", "parse_error")
              .build());
    } else if (parse.onError() == ParseError.LABEL) {
      Block label = block("stage.static_labels").texts("values", Map.of(ERROR, "true")).build();
      blocks.add(ConditionStages.match(other, List.of(label)));
    }
    blocks.add(block("stage.regex").text("expression", regex.expression()).build());
  }

  private void timestamp(TimestampParse timestamp) {
    List<String> formats = timestamp.formats();
    BlockDraft stage =
        block("stage.timestamp")
            .text("source", timestamp.field())
            .text("format", formats.getFirst());
    if (formats.size() > 1) {
      stage.texts("fallback_formats", formats.subList(1, formats.size()));
    }
    if (!timestamp.zone().isEmpty()) {
      stage.text("location", timestamp.zone());
    }
    // A replay must give the same times.
    blocks.add(
        stage
            .text("action_on_failure", "skip")
            .text("action_on_duplicate_timestamp", "keep")
            .build());
  }
}

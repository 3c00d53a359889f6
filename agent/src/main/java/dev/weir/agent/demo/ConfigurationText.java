package dev.weir.agent.demo;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.Span;
import dev.weir.agent.river.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// River text with some attribute values exchanged and all else left as written.
final class ConfigurationText {
  private record Edit(Span span, String text) {}

  private final SourceFile source;
  private final Body body;
  private final List<Edit> edits = new ArrayList<>();

  private ConfigurationText(SourceFile source, Body body) {
    this.source = source;
    this.body = body;
  }

  static ConfigurationText parse(SourceFile source) throws DiagnosticsException {
    return new ConfigurationText(source, Parser.parse(source).body());
  }

  /// Exchanges the value of an attribute wherever it stands in blocks of this dotted path, such as
  /// `loki.write/endpoint`.
  ///
  /// @param expression River text of the new value
  ConfigurationText set(String path, String attribute, String expression) {
    collect(body, List.of(path.split("/", -1)), attribute, expression);
    return this;
  }

  private void collect(Body in, List<String> path, String attribute, String expression) {
    for (Statement statement : in.statements()) {
      switch (statement) {
        case Attribute found when path.isEmpty() && found.name().equals(attribute) ->
            edits.add(new Edit(found.value().span(), expression));
        case Block block when !path.isEmpty() && block.fullName().equals(path.getFirst()) ->
            collect(block.body(), path.subList(1, path.size()), attribute, expression);
        case Attribute ignored -> {}
        case Block ignored -> {}
      }
    }
  }

  /// The text with every exchange made.
  String text() {
    var out = new StringBuilder();
    int at = 0;
    for (Edit edit : edits.stream().sorted(Comparator.comparing(e -> e.span().start())).toList()) {
      out.append(source.text(at, edit.span().start().offset())).append(edit.text());
      at = edit.span().end().offset() + 1;
    }
    byte[] bytes = source.bytes();
    return out.append(new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8)).toString();
  }
}

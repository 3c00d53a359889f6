package dev.weir.operator.render;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.LiteralKind;
import dev.weir.agent.river.Expression.ObjectExpression;
import dev.weir.agent.river.ObjectField;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.Printer;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.StringLiteral;
import java.util.ArrayList;
import java.util.List;

/// A configuration without its texts, and the texts.
///
/// @param shape blocks, attributes and values, every text as one mark
/// @param texts what the strings mean, in their order
record TreeShape(String shape, List<String> texts) {
  static TreeShape of(String river) {
    var out = new StringBuilder();
    List<String> texts = new ArrayList<>();
    try {
      add(Parser.parse(SourceFile.of("rendered", river)).body().statements(), out, texts);
    } catch (DiagnosticsException e) {
      throw new AssertionError("not River: " + river, e);
    }
    return new TreeShape(out.toString(), texts);
  }

  private static void add(List<Statement> statements, StringBuilder out, List<String> texts) {
    for (Statement statement : statements) {
      switch (statement) {
        case Attribute attribute -> {
          out.append(attribute.name()).append('=');
          add(attribute.value(), out, texts);
        }
        case Block block -> {
          out.append(block.fullName()).append(' ').append(block.label()).append('{');
          add(block.body().statements(), out, texts);
          out.append('}');
        }
      }
      out.append('\n');
    }
  }

  private static void add(Expression value, StringBuilder out, List<String> texts) {
    switch (value) {
      case Literal literal when literal.kind() == LiteralKind.STRING -> {
        out.append('"');
        texts.add(StringLiteral.decode(literal.text()));
      }
      case ArrayExpression array -> {
        out.append('[');
        for (Expression element : array.elements()) {
          add(element, out, texts);
          out.append(',');
        }
        out.append(']');
      }
      case ObjectExpression object -> {
        out.append('{');
        for (ObjectField field : object.fields()) {
          out.append('=');
          texts.add(field.name());
          add(field.value(), out, texts);
          out.append(',');
        }
        out.append('}');
      }
      default -> out.append(Printer.print(value));
    }
  }
}

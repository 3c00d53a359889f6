package dev.weir.agent.river;

import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.ArrayExpression;
import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Call;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Index;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.LiteralKind;
import dev.weir.agent.river.Expression.ObjectExpression;
import dev.weir.agent.river.Expression.Parenthesized;
import dev.weir.agent.river.Expression.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends the tokens of a parsed tree, and the whitespace between them, to a layout.
///
/// Which lists are broken over lines is taken from the source: an element that starts on another
/// line than the one before ended does so again.
final class TreeFormatter {
  private final Layout layout;

  TreeFormatter(Layout layout) {
    this.layout = layout;
  }

  void format(List<Statement> statements) {
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      if (i > 0 && needsBlankLine(statements.get(i - 1), statement)) {
        layout.breakRun();
      }
      switch (statement) {
        case Attribute attribute -> format(attribute);
        case Block block -> format(block);
      }
      if (isMultiline(statement.span())) {
        layout.breakRun();
      } else {
        layout.newline();
      }
    }
  }

  void format(Expression expression) {
    switch (expression) {
      case Literal literal -> layout.at(literal.span().start()).token(literal.text());
      case Identifier name -> layout.at(name.span().start()).token(name.name());
      case ArrayExpression array -> formatArray(array);
      case ObjectExpression object -> formatObject(object);
      case Access access -> formatAccess(access);
      case Index index -> formatIndex(index);
      case Call call -> formatCall(call);
      case Unary unary -> {
        layout.at(unary.span().start()).token(unary.operator());
        format(unary.operand());
      }
      case Binary binary -> {
        format(binary.left());
        layout.blank().at(binary.operatorSpan().start()).token(binary.operator()).blank();
        format(binary.right());
      }
      case Parenthesized group -> {
        layout.at(group.span().start()).token("(");
        format(group.inner());
        layout.at(group.span().end()).token(")");
      }
    }
  }

  private static boolean needsBlankLine(Statement previous, Statement statement) {
    int lines = statement.span().start().line() - previous.span().end().line();
    return statement instanceof Block || lines > 1;
  }

  private void format(Attribute attribute) {
    layout.at(attribute.nameSpan().start()).token(attribute.name()).align().token("=").blank();
    format(attribute.value());
  }

  private void format(Block block) {
    layout.at(afterComments(block.headerSpan())).token(block.fullName());
    if (block.labelSpan() != null) {
      layout.blank().at(block.labelSpan().start()).token("\"" + block.label() + "\"");
    }
    layout.blank().at(block.body().span().start()).token("{").indent();
    if (block.body().statements().isEmpty()) {
      layout.blank();
    } else {
      layout.breakRun();
      format(block.body().statements());
    }
    layout.unindent().at(block.body().span().end()).token("}");
  }

  /// The name is one token. What stands between parts on different lines goes before it: behind it,
  /// a line's end would end the statement.
  private static Position afterComments(Span name) {
    return isMultiline(name) ? name.end() : name.start();
  }

  private void formatAccess(Access access) {
    format(access.value());
    if (access.value() instanceof Literal literal && literal.kind() == LiteralKind.NUMBER) {
      // Without it the dot would belong to the number.
      layout.blank();
    }
    layout.token(".").at(access.nameSpan().start()).token(access.name());
  }

  private void formatIndex(Index index) {
    format(index.value());
    layout.at(opener(index.value())).token("[");
    format(index.index());
    layout.at(index.span().end()).token("]");
  }

  private void formatArray(ArrayExpression array) {
    layout.at(array.span().start()).token("[");
    int lastLine = array.span().start().line();
    for (int i = 0; i < array.elements().size(); i++) {
      Expression element = array.elements().get(i);
      boolean ownLine = element.span().start().line() != lastLine;
      if (ownLine) {
        // Indented before the line ends, so that comments in between are indented too.
        layout.indent().breakRun();
      } else if (i > 0) {
        layout.blank();
      }
      format(element);
      lastLine = element.span().end().line();
      if (i + 1 < array.elements().size()) {
        layout.token(",");
      }
      if (ownLine) {
        layout.unindent();
      }
    }
    if (!array.elements().isEmpty() && array.span().end().line() != lastLine) {
      layout.token(",").indent().breakRun().unindent();
    }
    layout.at(array.span().end()).token("]");
  }

  private void formatObject(ObjectExpression object) {
    layout.at(object.span().start()).token("{").indent();
    int lastLine = object.span().start().line();
    for (int i = 0; i < object.fields().size(); i++) {
      ObjectField field = object.fields().get(i);
      if (field.nameSpan().start().line() != lastLine) {
        startField(i == 0 ? null : object.fields().get(i - 1));
      } else if (i > 0) {
        layout.blank();
      }
      // The line of the name, not of the value, decides about the next field and the end.
      lastLine = field.nameSpan().end().line();
      layout.at(field.nameSpan().start()).token(key(field)).align().token("=").blank();
      format(field.value());
      if (i + 1 < object.fields().size()) {
        layout.token(",");
      }
    }
    if (!object.fields().isEmpty() && object.span().end().line() != lastLine) {
      layout.token(",").breakRun();
    }
    layout.unindent().at(object.span().end()).token("}");
  }

  private void startField(@Nullable ObjectField previous) {
    if (previous != null && !isMultiline(previous.value().span())) {
      layout.newline();
    } else {
      layout.breakRun();
    }
  }

  private static String key(ObjectField field) {
    return field.quoted() ? ObjectKey.quote(field.name()) : field.name();
  }

  private void formatCall(Call call) {
    format(call.function());
    layout.at(opener(call.function())).token("(");
    int lastLine = call.function().span().end().line();
    for (int i = 0; i < call.arguments().size(); i++) {
      Expression argument = call.arguments().get(i);
      boolean ownLine = argument.span().start().line() != lastLine;
      if (ownLine) {
        layout.breakRun().indent();
      }
      format(argument);
      lastLine = argument.span().end().line();
      if (i + 1 < call.arguments().size()) {
        layout.token(",").blank();
      }
      if (ownLine) {
        layout.unindent();
      }
    }
    if (call.span().end().line() != lastLine && !call.arguments().isEmpty()) {
      layout.token(",").breakRun();
    }
    layout.at(call.span().end()).token(")");
  }

  /// Where the bracket stands that follows a value. Only blanks and comments can come between, and
  /// it is on the line where the value ends: otherwise the line's end would have ended the value.
  private static Position opener(Expression value) {
    Position end = value.span().end();
    int at = CommentLookahead.skip(value.span().file().bytes(), end.offset() + 1);
    return new Position(at, end.line(), end.column() + at - end.offset());
  }

  private static boolean isMultiline(Span span) {
    return span.end().line() > span.start().line();
  }
}

package dev.weir.agent.river.eval;

import dev.weir.agent.river.Block;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Expression;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import java.util.List;
import java.util.Map;

/// Runs the language from text, for tests.
final class Texts {
  private Texts() {}

  static Expression parse(String text) {
    try {
      return Parser.parseExpression(SourceFile.of("test.river", text));
    } catch (DiagnosticsException e) {
      throw new AssertionError(text, e);
    }
  }

  static Value evaluate(String text) {
    return evaluate(text, Scope.EMPTY);
  }

  static Value evaluate(String text, Scope scope) {
    try {
      return Evaluator.evaluate(parse(text), scope);
    } catch (DiagnosticsException e) {
      throw new AssertionError(text + ": " + e.getMessage(), e);
    }
  }

  /// The value as River text.
  static String show(String text) {
    return ValueText.of(evaluate(text));
  }

  static Diagnostic refusal(String text, Scope scope) {
    try {
      Value value = Evaluator.evaluate(parse(text), scope);
      throw new AssertionError(text + " gave " + ValueText.of(value));
    } catch (DiagnosticsException e) {
      return e.diagnostics().getFirst();
    }
  }

  static Block block(String text) {
    try {
      return (Block) Parser.parse(SourceFile.of("test.river", text)).body().statements().getFirst();
    } catch (DiagnosticsException e) {
      throw new AssertionError(text, e);
    }
  }

  static <R extends Record> R decode(Class<R> type, String body) {
    return decode(type, body, Scope.EMPTY);
  }

  static <R extends Record> R decode(Class<R> type, String body, Scope scope) {
    try {
      return Decoder.decode(block("test {\n" + body + "\n}"), type, scope);
    } catch (DiagnosticsException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /// Why decoding fails.
  static Diagnostic refused(Class<? extends Record> type, String body, Scope scope) {
    try {
      Object decoded = Decoder.decode(block("test {\n" + body + "\n}"), type, scope);
      throw new AssertionError("decoded " + decoded);
    } catch (DiagnosticsException e) {
      return e.diagnostics().getFirst();
    }
  }

  static List<String> check(Class<? extends Record> type, String body) {
    return Decoder.check(block("test {\n" + body + "\n}"), type).stream()
        .map(Diagnostic::summary)
        .toList();
  }

  static Scope scope(String name, Object value) {
    return new Scope(Map.of(name, Encoder.value(value)));
  }
}

package dev.weir.operator.render;

import dev.weir.agent.go.GoQuote;
import java.util.Collection;
import java.util.stream.Collectors;

/// Writes Go templates. What is given as text is a string of the template and nothing else.
final class TemplateText {
  private TemplateText() {}

  /// A template that makes exactly the text.
  static String literal(String text) {
    return "{{ " + quote(text) + " }}";
  }

  /// A string literal inside of an action, in ASCII.
  static String quote(String text) {
    return GoQuote.quoteAscii(text);
  }

  /// An extracted value, by any name.
  static String field(String name) {
    return "index . " + quote(name);
  }

  /// Literals with blanks between them, as arguments.
  static String quoteAll(Collection<String> texts) {
    return texts.stream().map(TemplateText::quote).collect(Collectors.joining(" "));
  }
}

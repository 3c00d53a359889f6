package dev.weir.agent.river;

/// The spelling of quoted keys of objects.
///
/// River takes what stands between the quotes of a key as it is, escapes and all. So a key is not
/// quoted like a string: of the two kinds of quotes that one is taken in which it can stand.
final class ObjectKey {
  private ObjectKey() {}

  /// @throws IllegalArgumentException when the key can stand in no quotes
  static String quote(String key) {
    for (String quote : new String[] {"\"", "`"}) {
      String spelling = quote + key + quote;
      if (isString(spelling)) {
        return spelling;
      }
    }
    throw new IllegalArgumentException("no object can have this key in River: " + key);
  }

  private static boolean isString(String spelling) {
    SourceFile file = SourceFile.of("key", spelling);
    Problems problems = new Problems(new Lines(file));
    Token token = new Lexer(file, problems).next();
    return problems.isEmpty() && token.kind() == TokenKind.STRING && token.text().equals(spelling);
  }
}

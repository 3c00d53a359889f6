package dev.weir.agent.template;

/// A piece of a template.
record Token(Kind kind, String text, int line) {
  enum Kind {
    TEXT,
    LEFT,
    RIGHT,
    SPACE,
    FIELD,
    DOT,
    VARIABLE,
    WORD,
    NUMBER,
    STRING,
    CHARACTER,
    PIPE,
    DECLARE,
    ASSIGN,
    COMMA,
    OPEN,
    CLOSE,
    END
  }

  boolean is(Kind other) {
    return kind == other;
  }
}

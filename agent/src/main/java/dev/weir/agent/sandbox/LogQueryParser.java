package dev.weir.agent.sandbox;

import dev.weir.agent.regex.GoRegex;
import dev.weir.agent.regex.GoRegexException;
import dev.weir.agent.sandbox.LabelMatcher.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Reads the part of LogQL that the sandbox answers: a stream selector and line filters. Errors are
/// worded as Loki words them.
final class LogQueryParser {
  private static final Map<String, Kind> KINDS =
      Map.of("=", Kind.EQUAL, "!=", Kind.NOT_EQUAL, "=~", Kind.REGEX, "!~", Kind.NOT_REGEX);
  private static final List<String> FILTERS = List.of("|=", "!=", "|~", "!~");
  private static final String TOO_WIDE =
      "parse error : queries require at least one regexp or equality matcher that does not have an"
          + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement,"
          + " but app=~\".+\" will";

  private final LogQueryTokens tokens;

  private LogQueryParser(String text) {
    tokens = new LogQueryTokens(text);
  }

  /// A query as users write it.
  ///
  /// @throws BadRequest if it is no query, one that the sandbox does not know, or one that would
  ///   select every stream
  static LogQuery query(String text) throws BadRequest {
    if (text.isBlank()) {
      throw new BadRequest("parse error : syntax error: unexpected $end");
    }
    LogQuery query = new LogQueryParser(text).query();
    if (query.matchers().stream().allMatch(LabelMatcher::matchesEmpty)) {
      throw new BadRequest(TOO_WIDE);
    }
    return query;
  }

  /// A selector alone, which may select every stream.
  ///
  /// @throws BadRequest if it is no selector
  static LogQuery selector(String text) throws BadRequest {
    var parser = new LogQueryParser(text);
    var query = new LogQuery(parser.selector(), List.of());
    parser.tokens.expectEnd();
    return query;
  }

  private LogQuery query() throws BadRequest {
    List<LabelMatcher> matchers = selector();
    List<LineFilter> filters = new ArrayList<>();
    while (!tokens.atEnd()) {
      filters.add(filter());
    }
    return new LogQuery(matchers, filters);
  }

  private List<LabelMatcher> selector() throws BadRequest {
    if (!tokens.take("{")) {
      throw tokens.atName()
          ? tokens.unsupported("stream selectors and line filters are all it answers")
          : tokens.unexpected("");
    }
    List<LabelMatcher> matchers = new ArrayList<>();
    if (tokens.take("}")) {
      return matchers;
    }
    matchers.add(matcher("IDENTIFIER or }"));
    while (!tokens.take("}")) {
      if (!tokens.take(",")) {
        throw tokens.unexpected("} or ,");
      }
      if (tokens.take("}")) {
        return matchers;
      }
      matchers.add(matcher("IDENTIFIER"));
    }
    return matchers;
  }

  private LabelMatcher matcher(String expected) throws BadRequest {
    String name = tokens.takeName();
    if (name == null) {
      throw tokens.unexpected(expected);
    }
    String operator = tokens.takeOneOf(List.of("=~", "=", "!=", "!~"));
    if (operator == null) {
      throw tokens.unexpected("= or =~ or !~ or !=");
    }
    String value = tokens.string();
    Kind kind = KINDS.getOrDefault(operator, Kind.EQUAL);
    boolean regex = kind == Kind.REGEX || kind == Kind.NOT_REGEX;
    return new LabelMatcher(
        name, kind, value, regex ? pattern(value, GoRegex::compileAnchored) : null);
  }

  private LineFilter filter() throws BadRequest {
    String operator = tokens.takeOneOf(FILTERS);
    if (operator == null) {
      throw tokens.atPipe()
          ? tokens.unsupported("line filters (|= != |~ !~) are the only stages it knows")
          : tokens.unexpected("");
    }
    List<String> texts = new ArrayList<>();
    texts.add(tokens.string());
    while (tokens.takeWord("or")) {
      texts.add(tokens.string());
    }
    boolean negated = operator.startsWith("!");
    if (!operator.endsWith("~")) {
      return new LineFilter.Contains(List.copyOf(texts), negated);
    }
    List<GoRegex> patterns = new ArrayList<>();
    for (String text : texts) {
      patterns.add(pattern(text, GoRegex::compile));
    }
    return new LineFilter.Matches(List.copyOf(patterns), negated);
  }

  private static GoRegex pattern(String text, Function<String, GoRegex> compiler)
      throws BadRequest {
    try {
      return compiler.apply(text);
    } catch (GoRegexException e) {
      throw new BadRequest("parse error : " + e.getMessage());
    }
  }
}

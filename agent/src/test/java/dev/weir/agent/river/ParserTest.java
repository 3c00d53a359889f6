package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.river.Expression.Access;
import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Call;
import dev.weir.agent.river.Expression.Identifier;
import dev.weir.agent.river.Expression.Literal;
import dev.weir.agent.river.Expression.ObjectExpression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserTest {
  @Test
  void readsABlockWithItsNameLabelAndBody() throws DiagnosticsException {
    Block block = block("loki.write \"default\" {\n  endpoint {\n    url = \"u\"\n  }\n}\n");

    assertThat(block.name()).containsExactly("loki", "write");
    assertThat(block.label()).isEqualTo("default");
    assertThat(block.id()).isEqualTo("loki.write.default");
    Block endpoint = (Block) block.body().statements().getFirst();
    Attribute url = (Attribute) endpoint.body().statements().getFirst();
    assertThat(url.name()).isEqualTo("url");
    assertThat(((Literal) url.value()).text()).isEqualTo("\"u\"");
  }

  @Test
  void takesAnEmptyLabelForNone() throws DiagnosticsException {
    Block block = block("a.b \"\" { }");

    assertThat(block.label()).isNull();
    assertThat(block.labelSpan()).isNull();
  }

  @Test
  void spansReachFromFirstToLastByte() throws DiagnosticsException {
    Block block = block("// é\na.b \"c\" {\n  d = [1,\n    2]\n}");

    assertThat(block.headerSpan().text()).isEqualTo("a.b");
    assertThat(block.labelSpan()).extracting(Span::text).isEqualTo("\"c\"");
    assertThat(block.body().span().text()).isEqualTo("{\n  d = [1,\n    2]\n}");
    Attribute d = (Attribute) block.body().statements().getFirst();
    assertThat(d.value().span().text()).isEqualTo("[1,\n    2]");
    assertThat(d.span().start()).isEqualTo(new Position(18, 3, 3));
    assertThat(d.span().end()).isEqualTo(new Position(31, 4, 6));
  }

  @Test
  void allowsABlockOnOneLine() throws DiagnosticsException {
    assertThat(block("a { b = 1 }").body().statements()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.5",
        ".5",
        "1.",
        "1e3",
        "1E-3",
        "010",
        "true",
        "null",
        "`raw\nover lines`",
        "\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\\101\\x41\\u00e9\\U0001F600\"",
        "[]",
        "[1, 2,]",
        "[\n1,\n2,\n]",
        "{}",
        "{ a = 1, \"b\" = 2, }",
        "f()",
        "f(1, 2,)",
        "f(\n1,\n2,\n)",
        "a.b[0].c(1)[\"x\"]",
        "!!true",
        "- -1",
        "(1 + 2) * 3 ^ 4 ^ 5 % 6 == 7 && true || false",
        "größe_1",
        "1 +\n2",
      })
  void acceptsEveryFormOfExpression(String text) throws DiagnosticsException {
    assertThat(expression(text).span().text()).isEqualTo(text);
  }

  @Test
  void bindsOperatorsByPrecedence() throws DiagnosticsException {
    assertThat(shape("1 + 2 * 3 - 4")).isEqualTo("((1+(2*3))-4)");
    assertThat(shape("2 ^ 3 ^ 4")).isEqualTo("(2^(3^4))");
    assertThat(shape("-2 ^ 2")).isEqualTo("(-2^2)");
    assertThat(shape("a || b && c == d")).isEqualTo("(a||(b&&(c==d)))");
    assertThat(shape("1 < 2 != 3")).isEqualTo("((1<2)!=3)");
  }

  @Test
  void readsAccessAndCallsFromTheLeft() throws DiagnosticsException {
    Call call = (Call) expression("a.b.c(1)");

    Access c = (Access) call.function();
    assertThat(c.name()).isEqualTo("c");
    Access b = (Access) c.value();
    assertThat(((Identifier) b.value()).name()).isEqualTo("a");
  }

  @Test
  void takesQuotedKeysAsWritten() throws DiagnosticsException {
    ObjectExpression object =
        (ObjectExpression) expression("{ \"a\\n\" = 1, `b\"` = 2, c = 3, \"\" = 4 }");

    assertThat(object.fields())
        .extracting(ObjectField::name)
        .containsExactly("a\\n", "b\"", "c", "");
    assertThat(object.fields())
        .extracting(ObjectField::quoted)
        .containsExactly(true, true, false, true);
  }

  @Test
  void keepsCommentsWithTheirPlaces() throws DiagnosticsException {
    RiverFile file = parse("// one\r\na = 1 /* two */ // three\n/* four\r\nfive */");

    assertThat(file.comments())
        .extracting(Comment::text)
        .containsExactly("// one", "/* two */", "// three", "/* four\nfive */");
  }

  @Test
  void skipsAByteOrderMarkAtTheStart() throws DiagnosticsException {
    assertThat(parse("\ufeffa = 1").body().statements()).hasSize(1);
  }

  @Test
  void givesNoStatementsForAnEmptyFile() throws DiagnosticsException {
    RiverFile file = parse("");

    assertThat(file.body().statements()).isEmpty();
    assertThat(file.body().span().text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "[", "{a = ", "-", "!", "f(", "x[", "1 + (", "2 ^ ", "b {\n", "a = b {\n"})
  void refusesDeepNestingWithoutOverflowingTheStack(String opener) {
    String text = (opener.endsWith("{\n") ? "" : "a = ") + opener.repeat(100_000);

    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            DiagnosticsException.class,
            e ->
                assertThat(e.diagnostics())
                    .anyMatch(d -> d.message().startsWith("nested too deeply")));
  }

  @ParameterizedTest
  @ValueSource(strings = {" + 1", ".a", "[0]", "()", " && true"})
  void refusesLongChainsThatWouldMakeAHighTree(String link) {
    assertThatThrownBy(() -> parse("a = b" + link.repeat(10_000)))
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void refusesHugeNumbers() {
    assertThatThrownBy(() -> parse("a = " + "9".repeat(1_000_000)))
        .hasMessage("test:1:5: number literal is longer than 1000 characters");
  }

  @Test
  void endsAfterTooManyErrors() {
    assertThatThrownBy(() -> parse(";\n".repeat(1_000_000)))
        .isInstanceOfSatisfying(
            DiagnosticsException.class,
            e -> {
              assertThat(e.diagnostics()).hasSize(Problems.LIMIT + 1);
              assertThat(e.diagnostics().getLast().message()).isEqualTo("too many errors");
            });
  }

  @Test
  void refusesMoreThanOneExpression() {
    assertThatThrownBy(() -> expression("1\n2")).hasMessage("test:2:1: expected EOF, got NUMBER");
  }

  private static RiverFile parse(String text) throws DiagnosticsException {
    return Parser.parse(SourceFile.of("test", text));
  }

  private static Block block(String text) throws DiagnosticsException {
    return (Block) parse(text).body().statements().getFirst();
  }

  private static Expression expression(String text) throws DiagnosticsException {
    return Parser.parseExpression(SourceFile.of("test", text));
  }

  private static String shape(String text) throws DiagnosticsException {
    return shape(expression(text));
  }

  private static String shape(Expression expression) {
    return expression instanceof Binary binary
        ? "(" + shape(binary.left()) + binary.operator() + shape(binary.right()) + ")"
        : expression.span().text();
  }
}

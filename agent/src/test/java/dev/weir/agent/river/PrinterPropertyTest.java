package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class PrinterPropertyTest {
  private static final List<String> BLANKS =
      List.of("", " ", "\t", " /* c */ ", "/* one */ /* two */", "  ");
  private static final List<String> LINES =
      List.of("\n", " // c\n", "\n\n\n// own line  \n", "/* a\n b */", "\r\n\t");

  @Provide
  Arbitrary<Body> bodies() {
    return Trees.bodies();
  }

  @Property(tries = 300)
  void parsesToTheSameTreeAsWasPrinted(@ForAll("bodies") Body body) throws DiagnosticsException {
    RiverFile parsed = parse(Printer.print(body));

    assertThat(Structure.same(parsed.body(), body)).isTrue();
  }

  @Property(tries = 300)
  void formatsAnySpellingOfATreeOnceAndForAll(@ForAll("bodies") Body body, @ForAll long seed)
      throws DiagnosticsException {
    RiverFile scattered = parse(scatter(Printer.print(body), new Random(seed)));
    assertThat(Structure.same(scattered.body(), body)).isTrue();

    String printed = Printer.print(scattered);

    RiverFile parsed = parse(printed);
    assertThat(Structure.same(parsed.body(), body)).isTrue();
    assertThat(parsed.comments())
        .extracting(Comment::text)
        .isEqualTo(scattered.comments().stream().map(Comment::text).toList());
    assertThat(Printer.print(parsed)).isEqualTo(printed);
  }

  /// Puts other whitespace and comments between the tokens of a text.
  private static String scatter(String text, Random random) {
    SourceFile file = SourceFile.of("f", text);
    Lexer lexer = new Lexer(file, new Problems(new Lines(file)));
    StringBuilder out = new StringBuilder();
    for (Token token = lexer.next(); token.kind() != TokenKind.EOF; token = lexer.next()) {
      boolean ended = token.kind() == TokenKind.TERMINATOR;
      out.append(ended ? "\n" : file.text(token.start(), token.end()));
      List<String> gaps = new ArrayList<>(BLANKS);
      if (!token.kind().endsOperand()) {
        gaps.addAll(LINES);
      }
      // A blank keeps names, numbers and operators apart.
      out.append(' ').append(gaps.get(random.nextInt(gaps.size())));
    }
    return out.toString();
  }

  private static RiverFile parse(String text) throws DiagnosticsException {
    return Parser.parse(SourceFile.of("f", text));
  }
}

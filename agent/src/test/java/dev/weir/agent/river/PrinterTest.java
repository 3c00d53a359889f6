package dev.weir.agent.river;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.agent.river.Expression.Binary;
import dev.weir.agent.river.Expression.Identifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PrinterTest {
  @Test
  void alignsTheSignsOfARunOfAttributes() throws DiagnosticsException {
    assertPrints(
        """
        a=1
        longer = 2
        b = [
        1,
        ]
        cc = 3

        dddd = 4
        """,
        """
        a      = 1
        longer = 2
        b      = [
        	1,
        ]
        cc = 3

        dddd = 4
        """);
  }

  @Test
  void alignsCommentsBehindConsecutiveLines() throws DiagnosticsException {
    assertPrints(
        """
        a = 1 // one
        bcd = "two" // two
        """,
        """
        a   = 1     // one
        bcd = "two" // two
        """);
  }

  @Test
  void putsABlankLineBeforeEveryBlockButTheFirst() throws DiagnosticsException {
    assertPrints(
        """


        a { }
        b "l" {
        c = 1
        d { }
        e = 2
        }



        f = 3
        """,
        """
        a { }

        b "l" {
        	c = 1

        	d { }
        	e = 2
        }

        f = 3
        """);
  }

  @Test
  void truncatesEmptyBlocksUnlessTheyHoldComments() throws DiagnosticsException {
    assertPrints(
        """
        a {

        }
        b "x" { // here
        }
        c {
        // there
        }
        """,
        """
        a { }

        b "x" { // here
        }

        c {
        	// there
        }
        """);
  }

  @Test
  void putsABlockOnSeveralLines() throws DiagnosticsException {
    assertPrints("a { b = 1 }", "a {\n\tb = 1\n}\n");
  }

  @Test
  void spacesOperatorsAndElementsButNotBrackets() throws DiagnosticsException {
    assertPrints(
        "a = [ 1,2 , 3, ]\nb = { x=1,y = -2 }\nc = f( 1+2*3 )[ ! d ] . e\nd = ( 1 )\n",
        "a = [1, 2, 3]\nb = {x = 1, y = -2}\nc = f(1 + 2 * 3)[!d].e\nd = (1)\n");
  }

  @Test
  void keepsListsBrokenWhereTheyWereAndAddsTrailingCommas() throws DiagnosticsException {
    assertPrints(
        """
        a = [1, 2,
        3, 4,
        ]
        b = f(1,
        2, 3,
        4)
        c = f({
        k = 1,
        longer = 2,
        })
        """,
        """
        a = [1, 2,
        	3, 4,
        ]
        b = f(1,
        	2, 3,
        	4)
        c = f({
        	k      = 1,
        	longer = 2,
        })
        """);
  }

  @Test
  void judgesTheEndOfAnObjectByTheLineOfItsLastName() throws DiagnosticsException {
    assertPrints("a = { k = [\n1,\n] }\n", "a = {k = [\n\t\t1,\n\t],\n}\n");
  }

  @Test
  void alignsTheFieldsOfAnObjectUpToOneOfSeveralLines() throws DiagnosticsException {
    assertPrints(
        """
        a = {
        k = 1,
        longer = {
        x = 1,
        },
        other_key = 2,
        }
        """,
        """
        a = {
        	k      = 1,
        	longer = {
        		x = 1,
        	},
        	other_key = 2,
        }
        """);
  }

  @Test
  void keepsCommentsInListsIndented() throws DiagnosticsException {
    assertPrints(
        """
        a = [ // head
        // before
        1, // behind
        // last
        ]
        """,
        """
        a = [ // head
        	// before
        	1, // behind
        	// last
        ]
        """);
  }

  @Test
  void keepsTheCommentBehindTheLastArgumentInTheCall() throws DiagnosticsException {
    assertPrints("a = f(\n1, // one\n2, // two\n)\n", "a = f(\n\t1, // one\n\t2, // two\n)\n");
    assertPrints("a = f(\n1,// one\n)\n", "a = f(\n\t1, // one\n)\n");
  }

  @Test
  void movesACommentOutOfABlocksName() throws DiagnosticsException {
    assertPrints("a. // why\nb \"x\" { }\n", "// why\na.b \"x\" { }\n");
  }

  @Test
  void collapsesBlankLinesAroundComments() throws DiagnosticsException {
    assertPrints(
        "// one\n\n\n\n// two\n// three\na = 1\n\n\n// end   \n\n",
        "// one\n\n// two\n// three\na = 1\n\n// end   \n");
  }

  @Test
  void keepsLiteralsAsTheyAreWritten() throws DiagnosticsException {
    String text =
        "a = 010\nb = 1E-3\nc = \"\\x41\t\\u00e9\"\nd = `\n\tfoo\t bar  \n\n\t\t\tbaz`\ne = .5\n";

    assertThat(Printer.print(parse(text))).isEqualTo(text);
  }

  @Test
  void keepsQuotedKeysAsTheyAreWritten() throws DiagnosticsException {
    String text = "a = {\"x\\ny\" = 1, `say \"hi\"` = 2, \"\" = 3}\n";

    assertThat(Printer.print(parse(text))).isEqualTo(text);
  }

  @Test
  void keepsANumberAndTheDotBehindItApart() throws DiagnosticsException {
    assertPrints("a = 1 .b", "a = 1 .b\n");
  }

  @Test
  void joinsLinesOfOneValueAndAlignsItAtOnce() throws DiagnosticsException {
    assertPrints("a = 1 +\n  2\nbcd = 3\n", "a   = 1 + 2\nbcd = 3\n");
  }

  @Test
  void endsEveryFileWithOneNewline() throws DiagnosticsException {
    assertPrints("a = 1", "a = 1\n");
    assertPrints("", "\n");
  }

  @Test
  void dropsCarriageReturns() throws DiagnosticsException {
    assertPrints("a = 1 // x\r\n\r\nb { }\r\n", "a = 1 // x\n\nb { }\n");
  }

  @Test
  void printsAnExpressionForMessages() throws DiagnosticsException {
    Expression expression = Parser.parseExpression(SourceFile.of("e", "[ 0,1 , {a=1} ]"));

    assertThat(Printer.print(expression)).isEqualTo("[0, 1, {a = 1}]");
  }

  @Test
  void printsAConstructedBody() {
    Body body =
        Synthetic.body(
            List.of(
                Synthetic.block(
                    "loki.source.file",
                    "a",
                    List.of(
                        Synthetic.attribute(
                            "targets",
                            Synthetic.array(
                                List.of(
                                    Synthetic.object(Map.of("__path__", Synthetic.string("/x")))))),
                        Synthetic.attribute(
                            "forward_to",
                            Synthetic.array(List.of(Synthetic.reference("loki.write.b.receiver")))),
                        Synthetic.block("decompression", null, List.of()))),
                Synthetic.attribute("last", Synthetic.number(-1))));

    assertThat(Printer.print(body))
        .isEqualTo(
            """
            loki.source.file "a" {
            	targets = [{
            		__path__ = "/x",
            	}]
            	forward_to = [loki.write.b.receiver]

            	decompression { }
            }

            last = -1
            """);
  }

  @Test
  void refusesAConstructedTreeThatNoTextHas() {
    Expression name = new Identifier("a", Synthetic.SPAN);
    Expression sum = new Binary("+", name, name, Synthetic.SPAN, Synthetic.SPAN);
    Expression product = new Binary("*", sum, name, Synthetic.SPAN, Synthetic.SPAN);

    assertThatThrownBy(
            () -> Printer.print(Synthetic.body(List.of(Synthetic.attribute("x", product)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void printsTheDeepestTreeThatParses() throws DiagnosticsException {
    int levels = Tokens.MAX_DEPTH - 1;
    RiverFile file = parse("a = " + "[".repeat(levels) + "]".repeat(levels));

    assertThat(Printer.print(file))
        .isEqualTo("a = " + "[".repeat(levels) + "]".repeat(levels) + "\n");
  }

  /// Also asserts that what is printed stays as it is when printed again.
  private static void assertPrints(String source, String expected) throws DiagnosticsException {
    assertThat(Printer.print(parse(source))).isEqualTo(expected);
    assertThat(Printer.print(parse(expected))).isEqualTo(expected);
  }

  private static RiverFile parse(String text) throws DiagnosticsException {
    return Parser.parse(SourceFile.of("test.river", text));
  }
}

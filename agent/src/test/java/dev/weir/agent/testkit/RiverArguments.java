package dev.weir.agent.testkit;

import dev.weir.agent.loki.Receiver;
import dev.weir.agent.relabel.Rules;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Parser;
import dev.weir.agent.river.SourceFile;
import dev.weir.agent.river.eval.Decoder;
import dev.weir.agent.river.eval.Scope;
import dev.weir.agent.river.eval.Value;
import java.util.Map;

/// Arguments of a component as a user writes them.
public final class RiverArguments {
  private RiverArguments() {}

  /// Decodes the inside of a block, in which `receiver` stands for the receiver given.
  public static <A extends Record> A decode(String body, Class<A> type, Receiver receiver) {
    return decode(body, type, receiver, Rules.NONE);
  }

  /// Decodes the inside of a block, in which `rules` stands for the rules given as well.
  public static <A extends Record> A decode(
      String body, Class<A> type, Receiver receiver, Rules rules) {
    var scope =
        new Scope(
            Map.of(
                "receiver",
                new Value.CapsuleValue("loki.LogsReceiver", receiver),
                "rules",
                new Value.CapsuleValue("loki.RelabelRules", rules)));
    try {
      var file = Parser.parse(SourceFile.of("test.river", "test {\n" + body + "\n}"));
      return Decoder.decode((Block) file.body().statements().getFirst(), type, scope);
    } catch (DiagnosticsException e) {
      throw new IllegalArgumentException(e.diagnostics().toString(), e);
    }
  }

  /// Decodes the inside of a block that refers to nothing outside the standard library.
  ///
  /// @throws DiagnosticsException when the text is not what the record takes
  public static <R extends Record> R decode(Class<R> type, String body)
      throws DiagnosticsException {
    var file = Parser.parse(SourceFile.of("test.river", "test {\n" + body + "\n}\n"));
    return Decoder.decode((Block) file.body().statements().getFirst(), type, Scope.EMPTY);
  }
}

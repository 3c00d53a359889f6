package dev.weir.operator.render;

import static dev.weir.operator.render.BlockDraft.block;

import dev.weir.agent.river.Block;
import dev.weir.operator.api.Multiline;
import dev.weir.operator.api.MultilineMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Joins lines. An entry of a language goes on with lines that begin with a blank, and with those
/// by which its stack traces are known.
final class MultilineStages {
  private static final List<String> JAVA =
      List.of(
          "Caused by: ",
          "Suppressed: ",
          "Wrapped by: ",
          "java.",
          "javax.",
          "jakarta.",
          "kotlin.",
          "org.springframework.",
          "org.hibernate.");
  private static final List<String> PYTHON =
      List.of(
          "Traceback (most recent call last)",
          "During handling of the above exception",
          "The above exception was the direct cause",
          "ArithmeticError",
          "AssertionError",
          "AttributeError",
          "BrokenPipeError",
          "ConnectionError",
          "ConnectionRefusedError",
          "ConnectionResetError",
          "EOFError",
          "Exception:",
          "FileExistsError",
          "FileNotFoundError",
          "ImportError",
          "IndexError",
          "IOError",
          "KeyboardInterrupt",
          "KeyError",
          "LookupError",
          "MemoryError",
          "ModuleNotFoundError",
          "NameError",
          "NotImplementedError",
          "OSError",
          "OverflowError",
          "PermissionError",
          "RecursionError",
          "RuntimeError",
          "StopIteration",
          "SystemExit",
          "TimeoutError",
          "TypeError",
          "UnboundLocalError",
          "UnicodeDecodeError",
          "UnicodeEncodeError",
          "ValueError",
          "ZeroDivisionError");
  private static final List<String> GO =
      List.of(
          "goroutine ", "[signal ", "created by ", "main.", "runtime.", "panic(", "exit status ");

  private MultilineStages() {}

  static Optional<Block> of(Multiline multiline) {
    return multiline.mode() == MultilineMode.NONE
        ? Optional.empty()
        : Optional.of(
            block("stage.multiline")
                .text("firstline", firstLine(multiline))
                .number("max_lines", multiline.maxLines())
                .text("max_wait_time", Units.time(multiline.maxWait()))
                .build());
  }

  static String firstLine(Multiline multiline) {
    String own = multiline.firstLine();
    return own != null ? own : RegexText.notBeginning(prefixes(multiline.mode()));
  }

  private static List<String> prefixes(MultilineMode mode) {
    return switch (mode) {
      case JAVA -> JAVA;
      case PYTHON -> PYTHON;
      case GO -> GO;
      case AUTO -> Stream.of(JAVA, PYTHON, GO).flatMap(List::stream).toList();
      case RUBY, NONE, FIRST_LINE -> List.of();
    };
  }
}

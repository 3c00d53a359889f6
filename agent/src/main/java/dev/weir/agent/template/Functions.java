package dev.weir.agent.template;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every function that a template may call.
final class Functions {
  /// What a call runs.
  @FunctionalInterface
  interface Body {
    @Nullable Object call(List<? extends @Nullable Object> arguments) throws TemplateException;
  }

  /// Text made of text.
  @FunctionalInterface
  interface OfText {
    @Nullable Object call(String text) throws TemplateException;
  }

  /// Something made of two texts.
  @FunctionalInterface
  interface OfTexts {
    Object call(String first, String second) throws TemplateException;
  }

  /// @param most arguments; -1 for any number
  private record Function(int least, int most, Body body) {}

  private static final Map<String, Function> ALL = new HashMap<>();

  /// Functions that have a second name beginning with `must`, for failing instead of ending the
  /// process; here they all fail.
  private static final List<String> FAILING =
      List.of(
          "append",
          "chunk",
          "compact",
          "first",
          "has",
          "initial",
          "last",
          "prepend",
          "push",
          "regexFind",
          "regexFindAll",
          "regexMatch",
          "regexReplaceAll",
          "regexReplaceAllLiteral",
          "regexSplit",
          "rest",
          "reverse",
          "slice",
          "toJson",
          "toPrettyJson",
          "toRawJson",
          "uniq",
          "without");

  static {
    BuiltinFunctions.addTo(new Functions());
    TextFunctions.addTo(new Functions());
    CaseFunctions.addTo(new Functions());
    ListFunctions.addTo(new Functions());
    MapFunctions.addTo(new Functions());
    NumberFunctions.addTo(new Functions());
    OtherFunctions.addTo(new Functions());
    PathFunctions.addTo(new Functions());
    VersionFunctions.addTo(new Functions());
    DecimalFunctions.addTo(new Functions());
    PartFunctions.addTo(new Functions());
    DateFunctions.addTo(new Functions());
    RandomFunctions.addTo(new Functions());
    FAILING.forEach(name -> ALL.put(prefixed("must", name), known(name)));
    ALL.put("biggest", known("max"));
    ALL.put("trimall", known("trimAll"));
    List.of("base", "clean", "dir", "ext", "isAbs")
        .forEach(name -> ALL.put(prefixed("os", name), known(name)));
  }

  private Functions() {}

  private static String prefixed(String prefix, String name) {
    return prefix + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static Function known(String name) {
    Function function = ALL.get(name);
    if (function == null) {
      throw new IllegalStateException("no function " + name);
    }
    return function;
  }

  static boolean isKnown(String name) {
    // These two do not compute all their arguments, and are built into the execution.
    return name.equals("and") || name.equals("or") || ALL.containsKey(name);
  }

  static @Nullable Object call(String name, List<? extends @Nullable Object> arguments)
      throws TemplateException {
    Function function = ALL.get(name);
    if (function == null) {
      throw new TemplateException("function \"" + name + "\" not defined");
    }
    int given = arguments.size();
    if (given < function.least || (function.most >= 0 && given > function.most)) {
      throw new TemplateException(
          "wrong number of args for " + name + ": want " + function.least + " got " + given);
    }
    try {
      return function.body.call(arguments);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new TemplateException("error calling " + name + ": " + e.getMessage());
    }
  }

  void add(String name, int least, int most, Body body) {
    ALL.put(name, new Function(least, most, body));
  }

  void exactly(String name, int count, Body body) {
    add(name, count, count, body);
  }

  void text(String name, OfText body) {
    exactly(name, 1, arguments -> body.call(Values.text(arguments, 0)));
  }

  void texts(String name, OfTexts body) {
    exactly(name, 2, arguments -> body.call(Values.text(arguments, 0), Values.text(arguments, 1)));
  }
}

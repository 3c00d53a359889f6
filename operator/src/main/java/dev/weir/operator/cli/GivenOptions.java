package dev.weir.operator.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a start is told: the command line first, then the environment, then the defaults.
///
/// @param line options of the command line
/// @param environment of the process
record GivenOptions(Map<RunOption, String> line, Map<String, String> environment) {
  private static final int MOST_PORT = 65_535;

  /// Reads the command lines that start an operator in practice: `run`, and options written
  /// `--name=value`. Nothing for all others, mistakes included: picocli tells of them.
  static Optional<GivenOptions> ofPlainLine(Map<String, String> environment, String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("run")) {
      return Optional.empty();
    }
    Map<RunOption, String> line = new EnumMap<>(RunOption.class);
    for (int i = 1; i < arguments.length; i++) {
      int equals = arguments[i].indexOf('=');
      RunOption option = equals < 0 ? null : RunOption.named(arguments[i].substring(0, equals));
      if (option == null || line.put(option, arguments[i].substring(equals + 1)) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new GivenOptions(line, environment));
  }

  String text(RunOption option) {
    return Objects.requireNonNullElseGet(line.get(option), () -> option.fallback(environment));
  }

  Set<String> names(RunOption option) {
    return Arrays.stream(text(option).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean flag(RunOption option) {
    return parsed(
        option,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("it must be true or false");
            });
  }

  int port(RunOption option) {
    return parsed(
        option,
        text -> {
          int port = Integer.parseInt(text);
          if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException("it is no port");
          }
          return port;
        });
  }

  /// @throws IllegalArgumentException with the option, its value and what is wrong with it
  <T> T parsed(RunOption option, Function<String, T> parser) {
    String text = text(option);
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw wrong(option, text, "it is no number", e);
    } catch (IllegalArgumentException e) {
      throw wrong(option, text, e.getMessage(), e);
    }
  }

  private static IllegalArgumentException wrong(
      RunOption option, String text, @Nullable String what, Exception cause) {
    return new IllegalArgumentException(option.option() + "=" + text + ": " + what, cause);
  }

  /// A variable that is no option, as the chart sets them.
  String variable(String name, String fallback) {
    return environment.getOrDefault(name, fallback);
  }
}

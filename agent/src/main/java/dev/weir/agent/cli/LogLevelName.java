package dev.weir.agent.cli;

import dev.weir.agent.logging.LogLevel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a log level as the `logging` block does.
final class LogLevelName implements ITypeConverter<LogLevel> {
  @Override
  public LogLevel convert(String text) {
    try {
      return LogLevel.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

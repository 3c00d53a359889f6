package dev.weir.agent.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.List;
import org.slf4j.Logger;

/// The one place where level, format and output of the agent's log are set. Every change holds at
/// once, for loggers that exist already too.
///
/// Thread-safe. State of the process: SLF4J finds its backend by itself, before anything is built.
public final class Logging {
  private static volatile LogLevel level = LogLevel.INFO;
  private static volatile LogFormat format = LogFormat.LOGFMT;
  private static volatile LogOutput output =
      new LogOutput(new FileOutputStream(FileDescriptor.err));

  private Logging() {}

  public static void level(LogLevel newLevel) {
    level = newLevel;
  }

  public static LogLevel level() {
    return level;
  }

  public static void format(LogFormat newFormat) {
    format = newFormat;
  }

  /// Sends lines elsewhere than to standard error. The stream gets one write per line.
  public static void output(OutputStream stream) {
    output = new LogOutput(stream);
  }

  /// A logger whose lines name a component.
  ///
  /// @param path of the module that holds the component, `/` for the root
  public static Logger component(String id, String path) {
    return new LineLogger(
        id,
        LogLevel.DEBUG,
        List.of(new Field("component_path", path), new Field("component_id", id)));
  }

  static void write(Line line) {
    output.write(format == LogFormat.JSON ? JsonLine.render(line) : LogfmtLine.render(line));
  }
}

package dev.weir.agent.logging;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/// A logger that writes each event as one line. Thread-safe: it holds nothing that changes.
final class LineLogger extends AbstractLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1L;
  private static final InstantSource CLOCK = InstantSource.system();

  private final LogLevel limit;
  private final transient List<Field> fields;

  /// @param limit the least important lines it ever writes, whatever the agent's level
  /// @param fields that stand on each line
  LineLogger(String name, LogLevel limit, List<Field> fields) {
    this.name = name;
    this.limit = limit;
    this.fields = List.copyOf(fields);
  }

  @Override
  public void log(LoggingEvent event) {
    List<Field> all = new ArrayList<>(fields);
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        all.add(new Field(pair.key, text(pair.value)));
      }
    }
    write(
        event.getLevel(), event.getMessage(), event.getArgumentArray(), event.getThrowable(), all);
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    write(level, pattern, arguments, thrown, new ArrayList<>(fields));
  }

  private void write(
      Level level,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown,
      List<Field> all) {
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    if (thrown != null) {
      Failures.addTo(all, thrown);
    }
    String text = message == null ? "" : Bounded.cut(message, Bounded.TEXT_BYTES);
    Logging.write(new Line(CLOCK.instant(), level, text, all));
  }

  private static String text(@Nullable Object value) {
    return Bounded.cut(String.valueOf(value), Bounded.VALUE_BYTES);
  }

  private boolean admits(Level level) {
    return limit.stricter(Logging.level()).admits(level);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isTraceEnabled(Marker marker) {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return admits(Level.DEBUG);
  }

  @Override
  public boolean isDebugEnabled(Marker marker) {
    return isDebugEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return admits(Level.INFO);
  }

  @Override
  public boolean isInfoEnabled(Marker marker) {
    return isInfoEnabled();
  }

  @Override
  public boolean isWarnEnabled() {
    return admits(Level.WARN);
  }

  @Override
  public boolean isWarnEnabled(Marker marker) {
    return isWarnEnabled();
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled(Marker marker) {
    return true;
  }
}

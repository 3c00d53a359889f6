package dev.weir.agent.logging;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/// Makes one logger per name. Libraries speak only from warnings up: at `info` they report on every
/// connection.
final class Loggers implements ILoggerFactory {
  private static final String OURS = "dev.weir.";

  /// Reports every try to reach an API server, stack included; what uses it reports the first.
  private static final String KUBERNETES = "io.fabric8.kubernetes.";

  private final ConcurrentMap<String, Logger> byName = new ConcurrentHashMap<>();

  @Override
  public Logger getLogger(String name) {
    return byName.computeIfAbsent(name, Loggers::make);
  }

  private static Logger make(String name) {
    boolean ours = name.startsWith(OURS);
    String shown = ours ? name.substring(name.lastIndexOf('.') + 1) : name;
    LogLevel least = name.startsWith(KUBERNETES) ? LogLevel.ERROR : LogLevel.WARN;
    return new LineLogger(name, ours ? LogLevel.DEBUG : least, List.of(new Field("logger", shown)));
  }
}

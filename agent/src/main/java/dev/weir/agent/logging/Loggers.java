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

  /// Report every try to reach a server, some with stacks; what uses them reports the first.
  private static final List<String> TALKATIVE =
      List.of("io.fabric8.kubernetes.", "org.apache.kafka.");

  private final ConcurrentMap<String, Logger> byName = new ConcurrentHashMap<>();

  @Override
  public Logger getLogger(String name) {
    return byName.computeIfAbsent(name, Loggers::make);
  }

  private static Logger make(String name) {
    boolean ours = name.startsWith(OURS);
    String shown = ours ? name.substring(name.lastIndexOf('.') + 1) : name;
    LogLevel least = TALKATIVE.stream().anyMatch(name::startsWith) ? LogLevel.ERROR : LogLevel.WARN;
    return new LineLogger(name, ours ? LogLevel.DEBUG : least, List.of(new Field("logger", shown)));
  }
}

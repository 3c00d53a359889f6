package dev.weir.operator.health;

import dev.weir.operator.api.OutputError;
import dev.weir.operator.api.OutputStatus;
import dev.weir.operator.health.AgentReport.LastError;
import dev.weir.operator.health.AgentReport.OfOutput;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What all agents told of one destination in one round. Used by one thread at a time.
final class OutputTally {
  private static final int LONGEST_MESSAGE = 256;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final String name;
  long sent;
  long dropped;
  long lost;
  long lag;
  double oldestSeconds;
  double perSecond;
  int failing;
  int unauthorized;
  int unreachable;
  int limited;
  private @Nullable String lastSuccess;
  @Nullable LastError lastError;
  private @Nullable String errorNode;

  OutputTally(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(OfOutput output, @Nullable String node) {
    sent += output.sent() == null ? 0 : output.sent().total();
    perSecond += output.sent() == null ? 0 : output.sent().perSecond1m();
    dropped += output.droppedTotal();
    lost += output.lostBytes();
    lag += output.lagBytes();
    oldestSeconds = Math.max(oldestSeconds, output.oldestUnsentSeconds());
    lastSuccess = later(lastSuccess, output.lastSuccess());
    LastError error = output.lastError();
    if (error != null) {
      String known = lastError == null ? null : lastError.time();
      if (lastError == null || Objects.equals(later(error.time(), known), error.time())) {
        lastError = error;
        errorNode = node;
      }
      count(output, error);
    }
  }

  private void count(OfOutput output, LastError error) {
    if (!output.failing()) {
      return;
    }
    failing++;
    if (error.code() == UNAUTHORIZED || error.code() == FORBIDDEN) {
      unauthorized++;
    } else if (error.code() == TOO_MANY) {
      limited++;
    } else if (error.code() == 0 || error.code() >= SERVER_ERROR) {
      unreachable++;
    }
  }

  private static @Nullable String later(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) >= 0 ? one : other;
  }

  /// In words: `3 of 120 agents: 401 from main since 10:02`.
  String problem(int agents, int affected) {
    LastError error = lastError;
    String answer =
        error == null
            ? "an error"
            : error.code() == 0 ? text(error) : error.code() + " " + text(error);
    return "%d of %d agents: %s from output %s".formatted(affected, agents, answer.strip(), name);
  }

  private static String text(LastError error) {
    String message = error.message() == null ? "" : error.message();
    return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
  }

  OutputStatus status() {
    LastError error = lastError;
    return new OutputStatus(
        name,
        failing == 0,
        Rounded.minute(lastSuccess),
        error == null
            ? null
            : new OutputError(error.code(), text(error), errorNode, Rounded.minute(error.time())),
        Rounded.two(lag),
        Rounded.two(sent),
        Rounded.two(dropped));
  }
}

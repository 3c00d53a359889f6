package dev.weir.agent.cli;

import dev.weir.agent.Agent;
import dev.weir.agent.river.DiagnosticsException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Joins a running agent to the signals of its process.
final class Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  private final Agent agent;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger stops = new AtomicInteger();

  Lifecycle(Agent agent) {
    this.agent = agent;
  }

  /// Reloads on SIGHUP, stops on SIGTERM and SIGINT, and returns once stopped.
  void runUntilSignalled() throws InterruptedException {
    Signals.on("HUP", this::reload);
    Signals.on("TERM", this::stop);
    Signals.on("INT", this::stop);
    stopped.await();
  }

  private void reload() {
    try {
      agent.reload();
      log.atInfo().log("config reloaded");
    } catch (DiagnosticsException | IOException | IllegalStateException e) {
      log.atError().addKeyValue("err", e.getMessage()).log("failed to reload config");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    if (stops.incrementAndGet() == 1) {
      log.atInfo().log("stopping: waiting for what is under way");
    }
    try {
      agent.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopped.countDown();
  }
}

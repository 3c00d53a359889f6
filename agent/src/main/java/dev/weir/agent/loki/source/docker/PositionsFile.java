package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.positions.StreamPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Opens the positions, and tries until it can.
record PositionsFile(Path path, CollectorHealth health, Logger log) {
  /// Begins the keys of positions in log streams, as in Alloy.
  static final String STREAM_KEY = "cursor-";

  private static final long RETRY = TimeUnit.SECONDS.toNanos(5);

  /// Positions that were opened.
  ///
  /// @param saved when they were last saved before; null when there were none
  record Opened(Positions positions, @Nullable Instant saved) {}

  Opened open() throws InterruptedException {
    var never = new Semaphore(0);
    while (true) {
      try {
        return tryOpen();
      } catch (IOException e) {
        health.positions(List.of("positions cannot be opened: " + e.getMessage()));
        log.atError().addKeyValue("err", e.toString()).log("positions cannot be opened");
      }
      never.tryAcquire(RETRY, TimeUnit.NANOSECONDS);
    }
  }

  private Opened tryOpen() throws IOException {
    Instant saved = Files.exists(path) ? Files.getLastModifiedTime(path).toInstant() : null;
    Map<String, Long> cursors = CursorFile.takeOver(path);
    Positions positions = Positions.open(path);
    cursors.forEach((id, seconds) ->
        positions.put(
            STREAM_KEY + id, new StreamPosition(TimeUnit.SECONDS.toNanos(seconds), List.of())));
    if (!cursors.isEmpty()) {
      log.atInfo()
          .addKeyValue("containers", cursors.size())
          .log("positions of the agent before this one taken over");
    }
    health.positions(positions.damage());
    positions.damage().forEach(damage -> log.atError().log(damage));
    if (saved == null) {
      // So that the next start knows that it is not the first.
      positions.saveAnyway();
    }
    return new Opened(positions, saved);
  }
}

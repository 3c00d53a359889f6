package dev.weir.agent.loki.podlog;

import dev.weir.agent.loki.positions.ForeignPositions;
import dev.weir.agent.loki.positions.ForeignPositions.Place;
import dev.weir.agent.loki.positions.Position;
import dev.weir.agent.loki.positions.StreamPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;

/// Goes on where Alloy has stopped. It keeps the time of the last line, in whole microseconds, by
/// container and labels.
final class ForeignLogs {
  private ForeignLogs() {}

  /// Replaces Alloy's file by one of ours, if it is one.
  static void takeOver(Path file, Logger log) throws IOException {
    int taken = ForeignPositions.takeOver(file, ForeignLogs::positions);
    if (taken >= 0) {
      log.atInfo().addKeyValue("positions", taken).log("Alloy's positions taken over");
    }
  }

  private static Map<String, Position> positions(List<Place> places) {
    var taken = new TreeMap<String, StreamPosition>();
    for (Place place : places) {
      if (place.time() >= 0) {
        var position = new StreamPosition(place.time(), List.of());
        taken.put(place.path() + place.labels(), position);
        taken.merge(place.path(), position, ForeignLogs::earlier);
      }
    }
    return Map.copyOf(taken);
  }

  private static StreamPosition earlier(StreamPosition one, StreamPosition other) {
    return one.timestamp() <= other.timestamp() ? one : other;
  }

  /// Whether a position is Alloy's: at least one line of that microsecond was sent, and nobody
  /// knows of which.
  static boolean isForeign(StreamPosition position) {
    return position.lines().isEmpty();
  }
}

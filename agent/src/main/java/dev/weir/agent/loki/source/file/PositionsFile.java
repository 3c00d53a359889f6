package dev.weir.agent.loki.source.file;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.positions.FilePosition;
import dev.weir.agent.loki.positions.ForeignPositions;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.source.file.LokiSourceFile.Arguments;
import dev.weir.agent.loki.tail.ForeignOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Opens the positions, and tries until it can; takes over those of Alloy and Promtail.
///
/// @param arguments which may name Promtail's
/// @param trouble told what is wrong, or null
record PositionsFile(
    ComponentContext context, Arguments arguments, Consumer<@Nullable String> trouble) {
  private static final long OPEN_AGAIN_SECONDS = 2;

  Positions open() throws InterruptedException {
    var pause = new Semaphore(0);
    String told = "";
    while (true) {
      try {
        return tryOpen();
      } catch (IOException e) {
        String message = "positions are not available: " + e.getMessage();
        if (!message.equals(told)) {
          told = message;
          context.log().atError().addKeyValue("err", e.toString()).log("positions not available");
        }
        trouble.accept(message);
        if (pause.tryAcquire(OPEN_AGAIN_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody releases this");
        }
      }
    }
  }

  private Positions tryOpen() throws IOException {
    Path path = context.dataPath().resolve("positions.yml");
    takeOverAlloys(path);
    String legacy = arguments.legacyPositionsFile();
    Map<String, FilePosition> imported = legacy.isEmpty() ? Map.of() : promtails(Path.of(legacy));
    Positions positions = Positions.open(path);
    for (String damage : positions.damage()) {
      context.log().atError().addKeyValue("err", damage).log("positions were damaged");
    }
    if (!imported.isEmpty() && positions.keys().isEmpty() && !positions.lost()) {
      imported.forEach(positions::put);
      positions.save();
      told("Promtail's positions taken over", imported.size());
    }
    trouble.accept(null);
    return positions;
  }

  /// Replaces Alloy's file at our path by one of ours with the same places, in one step; Alloy's is
  /// kept as `<name>.before`.
  private void takeOverAlloys(Path path) throws IOException {
    int taken = ForeignPositions.takeOver(path, this::positions);
    if (taken >= 0) {
      told("Alloy's positions taken over", taken);
    }
  }

  private void told(String message, int files) {
    context.log().atInfo().addKeyValue("files", files).log(message);
  }

  /// Promtail's positions are only a help: what is no YAML is told, and reading begins without it.
  private Map<String, FilePosition> promtails(Path legacy) throws IOException {
    if (Files.notExists(legacy)) {
      context.log().atInfo().addKeyValue("path", legacy).log("there are no legacy positions");
      return Map.of();
    }
    try {
      return positions(ForeignPositions.read(legacy));
    } catch (ForeignPositions.MalformedException e) {
      context
          .log()
          .atError()
          .addKeyValue("path", legacy)
          .addKeyValue("err", e.getMessage())
          .log("legacy positions are not used");
      return Map.of();
    }
  }

  /// Places by our keys: where a path was read with several sets of labels, each has its own.
  private Map<String, FilePosition> positions(List<ForeignPositions.Place> places) {
    var taken = new TreeMap<String, FilePosition>();
    places.stream()
        .filter(place -> place.offset() >= 0)
        .collect(
            Collectors.groupingBy(ForeignPositions.Place::path, TreeMap::new, Collectors.toList()))
        .forEach((path, ofPath) -> {
          for (ForeignPositions.Place place : ofPath) {
            String key =
                ofPath.size() == 1 ? path : WantedFiles.keyWithLabels(path, place.labels());
            position(place).ifPresent(position -> taken.put(key, position));
          }
        });
    return taken;
  }

  private Optional<FilePosition> position(ForeignPositions.Place place) {
    try {
      return ForeignOffset.position(Path.of(place.path()), place.offset(), arguments.compression());
    } catch (IOException e) {
      context
          .log()
          .atWarn()
          .addKeyValue("path", place.path())
          .addKeyValue("err", e.toString())
          .log("position not taken over");
      return Optional.empty();
    }
  }
}

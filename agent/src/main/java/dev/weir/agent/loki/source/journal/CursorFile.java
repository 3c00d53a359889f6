package dev.weir.agent.loki.source.journal;

import dev.weir.agent.component.ComponentContext;
import dev.weir.agent.loki.positions.CursorPosition;
import dev.weir.agent.loki.positions.ForeignPositions;
import dev.weir.agent.loki.positions.ForeignPositions.Place;
import dev.weir.agent.loki.positions.Positions;
import dev.weir.agent.loki.source.journal.LokiSourceJournal.LegacyPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens the positions, and tries until it can; takes over Alloy's cursor and Promtail's.
///
/// @param trouble told what is wrong, or null
record CursorFile(ComponentContext context, Consumer<@Nullable String> trouble) {
  private static final long OPEN_AGAIN_SECONDS = 2;
  private static final String CURSOR = "cursor-";

  /// The key of the position, as in Alloy.
  String key() {
    return CURSOR + context.id();
  }

  Positions open(@Nullable LegacyPosition legacy) throws InterruptedException {
    var pause = new Semaphore(0);
    String told = "";
    while (true) {
      try {
        Positions positions = tryOpen(legacy);
        trouble.accept(null);
        return positions;
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

  private Positions tryOpen(@Nullable LegacyPosition legacy) throws IOException {
    Path path = context.dataPath().resolve("positions.yml");
    if (Files.isRegularFile(path) && ForeignPositions.isForeign(path)) {
      Optional<String> cursor = cursor(ForeignPositions.read(path), List.of(key()));
      ForeignPositions.replace(
          path, cursor.map(place -> Map.of(key(), new CursorPosition(place))).orElse(Map.of()));
      context.log().atInfo().log("Alloy's position taken over");
    }
    Optional<String> promtails = legacy == null ? Optional.empty() : promtails(legacy);
    Positions positions = Positions.open(path);
    for (String damage : positions.damage()) {
      context.log().atError().addKeyValue("err", damage).log("positions were damaged");
    }
    if (promtails.isPresent() && positions.get(key()).isEmpty()) {
      positions.put(key(), new CursorPosition(promtails.get()));
      context.log().atInfo().log("Promtail's position taken over");
    }
    return positions;
  }

  private Optional<String> promtails(LegacyPosition legacy) throws IOException {
    Path file = Path.of(legacy.file());
    if (Files.notExists(file)) {
      context.log().atInfo().addKeyValue("path", file).log("there are no legacy positions");
      return Optional.empty();
    }
    try {
      return cursor(
          ForeignPositions.read(file), List.of(CURSOR + legacy.name(), "journal-" + legacy.name()));
    } catch (ForeignPositions.MalformedException e) {
      context.log().atError().addKeyValue("err", e.getMessage()).log("legacy position not used");
      return Optional.empty();
    }
  }

  private static Optional<String> cursor(List<Place> places, List<String> keys) {
    return places.stream()
        .filter(place -> keys.contains(place.path()) && !place.value().isEmpty())
        .map(Place::value)
        .findFirst();
  }
}

package dev.weir.agent.loki.source.docker;

import dev.weir.agent.loki.Batch;
import dev.weir.agent.loki.Entry;
import dev.weir.agent.loki.Receiver;
import dev.weir.agent.loki.positions.StreamPosition;
import dev.weir.agent.loki.stream.Recent;
import dev.weir.agent.loki.stream.Seen;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Leaves out what was read through the API, or by another agent, before a container's file was
/// begun with: of that only a time and some last lines are known, no place in the file.
///
/// Thread-safe. It costs nothing once no such container is left.
final class ReadBefore implements Receiver {
  /// Lines of two streams may be written in another order than their times, but not by that much.
  private static final long DISORDER = TimeUnit.SECONDS.toNanos(10);

  private final Receiver next;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  private record Place(long timestamp, Seen seen) {}

  ReadBefore(Receiver next) {
    this.next = next;
  }

  /// Leaves a container's entries up to a place out.
  void leaveOut(String containerId, StreamPosition position) {
    places.put(containerId, new Place(position.timestamp(), new Seen(position)));
  }

  @Override
  public void accept(Batch batch) throws InterruptedException {
    if (places.isEmpty() || batch.isEmpty()) {
      next.accept(batch);
      return;
    }
    // A batch of a file's lines is of one container, and of one thread.
    String id = batch.get(0).origin().get("container_id");
    Place place = id == null ? null : places.get(id);
    if (id == null || place == null) {
      next.accept(batch);
      return;
    }
    Batch rest = rest(batch, place);
    if (!rest.isEmpty()) {
      next.accept(rest);
    }
    if (batch.get(batch.size() - 1).timestamp() > place.timestamp + DISORDER) {
      places.remove(id);
    }
  }

  @Override
  public @Nullable String holdup() {
    return next.holdup();
  }

  private static Batch rest(Batch batch, Place place) {
    Batch rest = batch.fork();
    for (int i = 0; i < batch.size(); i++) {
      Entry entry = batch.get(i);
      if (entry.timestamp() >= place.timestamp && !isSeen(entry, place)) {
        rest.add().copyFrom(entry);
      }
    }
    return rest;
  }

  private static boolean isSeen(Entry entry, Place place) {
    if (place.seen.isDone()) {
      return false;
    }
    boolean stderr = "stderr".equals(entry.origin().get("stream"));
    return place.seen.contains(
        Recent.hash(entry.timestamp(), stderr, entry.buffer(), entry.offset(), entry.length()));
  }
}

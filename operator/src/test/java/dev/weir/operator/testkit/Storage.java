package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The objects of a server, their revisions and the changes that watches tell.
///
/// Thread-safe: every method holds the one lock, and watchers wait on it.
final class Storage {
  @GuardedBy("this")
  private final NavigableMap<StoredKey, Stored> objects = new TreeMap<>();

  @GuardedBy("this")
  private final List<Change> changes = new ArrayList<>();

  @GuardedBy("this")
  private long revision = 100;

  @GuardedBy("this")
  private long compacted = 0;

  /// Grows with each time that all watches are to end.
  @GuardedBy("this")
  private long epoch = 0;

  synchronized Optional<Stored> find(StoredKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  synchronized Stored get(StoredKey key) {
    return find(key).orElseThrow(() -> ApiFailure.notFound(key));
  }

  synchronized Listing list(Selection selection) {
    List<ObjectNode> found = new ArrayList<>();
    objects.forEach((key, stored) -> {
      if (selection.covers(key) && selection.filter().test(stored.object())) {
        found.add(stored.shown());
      }
    });
    return new Listing(revision, List.copyOf(found));
  }

  /// @param revision of the whole server at that moment
  record Listing(long revision, List<ObjectNode> objects) {}

  /// Keeps a new object, giving it what a server gives.
  synchronized Stored create(StoredKey key, Stored wanted) {
    if (objects.containsKey(key)) {
      throw new ApiFailure(
          409, "AlreadyExists", key.kind().plural() + " \"" + key.name() + "\" already exists");
    }
    ObjectNode metadata = wanted.metadata();
    metadata.put("uid", UUID.randomUUID().toString());
    metadata.put("creationTimestamp", "2026-11-22T00:00:00Z");
    if (!key.namespace().isEmpty()) {
      metadata.put("namespace", key.namespace());
    }
    if (key.kind().counted()) {
      metadata.put("generation", 1);
    }
    Stored kept = keep(key, null, wanted);
    if (orphan(kept)) {
      delete(key);
    }
    return kept;
  }

  /// Whether the only owner that it names is gone already, for which it is collected.
  private synchronized boolean orphan(Stored object) {
    JsonNode references = object.metadata().path("ownerReferences");
    String owner = references.path(0).path("uid").asText();
    return references.size() == 1
        && objects.values().stream()
            .noneMatch(other -> other.metadata().path("uid").asText().equals(owner));
  }

  /// Changes an object; what does not change it changes nothing, not even its revision.
  synchronized Stored change(StoredKey key, UnaryOperator<Stored> step) {
    Stored now = get(key);
    Stored wanted = step.apply(now);
    if (now.object().equals(wanted.object())) {
      if (!now.owners().equals(wanted.owners())) {
        objects.put(key, wanted);
      }
      return wanted;
    }
    if (key.kind().counted() && changed(now.object(), wanted.object())) {
      wanted.metadata().put("generation", now.metadata().path("generation").asLong() + 1);
    }
    if (wanted.metadata().has("deletionTimestamp")
        && wanted.metadata().path("finalizers").isEmpty()) {
      return delete(key);
    }
    return keep(key, now, wanted);
  }

  private static boolean changed(ObjectNode before, ObjectNode after) {
    return !before.path("spec").equals(after.path("spec"));
  }

  /// Removes an object and what it alone owned, or marks it where finalizers hold it.
  synchronized Stored delete(StoredKey key) {
    Stored now = get(key);
    if (!now.metadata().path("finalizers").isEmpty() && !now.metadata().has("deletionTimestamp")) {
      ObjectNode marked = now.object().deepCopy();
      marked.withObject("/metadata").put("deletionTimestamp", "2026-11-22T00:00:00Z");
      return keep(key, now, new Stored(marked, now.owners()));
    }
    objects.remove(key);
    ObjectNode last = now.object().deepCopy();
    last.withObject("/metadata").put("resourceVersion", Long.toString(++revision));
    var gone = new Stored(last, now.owners());
    tell(new Change(revision, key, now.shown(), null));
    collect(now.metadata().path("uid").asText());
    return gone;
  }

  private synchronized void collect(String owner) {
    List<StoredKey> orphans = new ArrayList<>();
    objects.forEach((key, stored) -> {
      JsonNode references = stored.metadata().path("ownerReferences");
      if (references.size() == 1 && references.path(0).path("uid").asText().equals(owner)) {
        orphans.add(key);
      }
    });
    orphans.forEach(this::delete);
  }

  private synchronized Stored keep(StoredKey key, @Nullable Stored before, Stored after) {
    leaveOutWhatIsFalse(after.object());
    after.metadata().put("resourceVersion", Long.toString(++revision));
    objects.put(key, after);
    tell(new Change(revision, key, before == null ? null : before.shown(), after.shown()));
    return after;
  }

  /// Mounts that are not read-only do not say so: so it is with all fields that are no pointers.
  private static void leaveOutWhatIsFalse(JsonNode object) {
    for (JsonNode mount : object.findValues("volumeMounts")) {
      for (JsonNode one : mount) {
        if (one instanceof ObjectNode fields && !fields.path("readOnly").asBoolean()) {
          fields.remove("readOnly");
        }
      }
    }
  }

  private synchronized void tell(Change change) {
    changes.add(change);
    notifyAll();
  }

  synchronized long revision() {
    return revision;
  }

  synchronized long epoch() {
    return epoch;
  }

  /// Ends all watches that run.
  synchronized void endWatches() {
    epoch++;
    notifyAll();
  }

  /// Forgets all changes until now, so that a watch from earlier is refused.
  synchronized void compact() {
    changes.clear();
    compacted = revision;
  }

  /// The changes after a revision; waits for one.
  ///
  /// @return empty once watches of this epoch are to end
  /// @throws ApiFailure with 410 when they were forgotten
  synchronized List<Change> changesAfter(long seen, long ofEpoch) throws InterruptedException {
    while (epoch == ofEpoch && revision <= seen) {
      wait();
    }
    if (epoch != ofEpoch) {
      return List.of();
    }
    if (seen < compacted) {
      throw ApiFailure.gone();
    }
    int index = changes.size();
    while (index > 0 && changes.get(index - 1).revision() > seen) {
      index--;
    }
    return List.copyOf(changes.subList(index, changes.size()));
  }
}

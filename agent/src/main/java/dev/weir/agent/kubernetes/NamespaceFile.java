package dev.weir.agent.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.component.Shared;
import dev.weir.agent.local.FileChanges;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Namespaces as a file tells of them, `{"team-a": {"labels": {}, "annotations": {}}}`, which is
/// read again when it changes. What it told last stays while it cannot be read.
public final class NamespaceFile implements Namespaces {
  private static final Logger log = LoggerFactory.getLogger(NamespaceFile.class);
  private static final Shared<Path, NamespaceFile> ALL =
      new Shared<>(NamespaceFile::new, NamespaceFile::close);
  private static final Duration LOOK = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Map<String, Map<String, String>>>> TYPE =
      new TypeReference<>() {};

  private final Path path;
  private final List<ObjectWatch.Listener> listeners = new CopyOnWriteArrayList<>();
  private final OwnedThread thread;
  private volatile Map<String, KnownNamespace> known = Map.of();
  private volatile @Nullable String problem;

  private NamespaceFile(Path path) {
    this.path = path.toAbsolutePath();
    this.thread = new OwnedThread("namespaces", this::run);
  }

  /// The namespaces of a file; the first lease begins to watch it, the last one ends it.
  public static Shared.Lease<NamespaceFile> of(Path path) {
    return ALL.lease(path);
  }

  private void close() {
    thread.close();
  }

  private void run() throws InterruptedException {
    List<Path> directory = List.of(Objects.requireNonNullElse(path.getParent(), path));
    try (var changes = FileChanges.in(directory)) {
      while (true) {
        read();
        changes.await(LOOK);
      }
    }
  }

  private void read() {
    try {
      var read = new LinkedHashMap<String, KnownNamespace>();
      JSON.readValue(Files.readAllBytes(path), TYPE)
          .forEach((name, maps) ->
              read.put(name, KnownNamespace.of(part(maps, "labels"), part(maps, "annotations"))));
      problem = null;
      if (!read.equals(known)) {
        known = Map.copyOf(read);
        listeners.forEach(listener -> listener.changed(null));
      }
    } catch (IOException e) {
      String message = "namespaces_file cannot be read: " + e.getMessage();
      if (!message.equals(problem)) {
        problem = message;
        log.atWarn()
            .addKeyValue("path", path)
            .addKeyValue("err", e.getMessage())
            .log("file of namespaces cannot be read; what it told last stays");
      }
    }
  }

  private static Map<String, String> part(
      @Nullable Map<String, Map<String, String>> maps, String name) {
    Map<String, String> part = maps == null ? null : maps.get(name);
    return part == null ? Map.of() : part;
  }

  @Override
  public @Nullable KnownNamespace find(String name) {
    return known.get(name);
  }

  @Override
  public void addListener(ObjectWatch.Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(ObjectWatch.Listener listener) {
    listeners.remove(listener);
  }

  @Override
  public @Nullable String problem() {
    return problem;
  }
}

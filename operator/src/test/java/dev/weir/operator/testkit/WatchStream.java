package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// One watch: tells every change of what it selects until it is ended.
final class WatchStream extends WebSocketListener {
  private static final int NORMAL = 1000;

  private final Storage storage;
  private final Selection selection;
  private final long from;
  private final long epoch;
  private final ThreadFactory threads;
  private volatile @Nullable Thread thread;

  /// @param from the revision after which changes are told
  WatchStream(Storage storage, Selection selection, long from, ThreadFactory threads) {
    this.storage = storage;
    this.selection = selection;
    this.from = from;
    this.epoch = storage.epoch();
    this.threads = threads;
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    Thread started = threads.newThread(() -> run(socket));
    thread = started;
    started.start();
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run(WebSocket socket) {
    try {
      long seen = from;
      for (var changes = storage.changesAfter(seen, epoch);
          !changes.isEmpty();
          changes = storage.changesAfter(seen, epoch)) {
        changes.forEach(change -> tell(change, socket));
        seen = changes.getLast().revision();
      }
    } catch (ApiFailure failure) {
      write("ERROR", failure.status(), socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    socket.close(NORMAL, "");
  }

  private void tell(Change change, WebSocket socket) {
    if (!selection.covers(change.key())) {
      return;
    }
    ObjectNode before = selected(change.before());
    ObjectNode after = selected(change.after());
    if (after != null) {
      write(before == null ? "ADDED" : "MODIFIED", after, socket);
    } else if (before != null) {
      ObjectNode last = before.deepCopy();
      last.withObject("/metadata").put("resourceVersion", Long.toString(change.revision()));
      write("DELETED", last, socket);
    }
  }

  private @Nullable ObjectNode selected(@Nullable ObjectNode object) {
    return object != null && selection.filter().test(object) ? object : null;
  }

  private static void write(String type, ObjectNode object, WebSocket socket) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", type);
    event.set("object", object);
    socket.send(Json.write(event));
  }
}

package dev.weir.agent.loki.source.docker;

import dev.weir.agent.component.OwnedThread;
import dev.weir.agent.docker.Engine;
import dev.weir.agent.docker.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The log stream of a container from its first line on, asked for at once. The Engine gives all of
/// the log to whoever has asked before it removes the container.
///
/// Thread-safe.
final class EarlyStream implements AutoCloseable {
  private final CompletableFuture<InputStream> stream = new CompletableFuture<>();
  private final OwnedThread asking;

  EarlyStream(Engine engine, String containerId) {
    asking = new OwnedThread("docker-log-early", () -> ask(engine, containerId));
  }

  private void ask(Engine engine, String containerId) throws InterruptedException {
    try {
      stream.complete(engine.logs(containerId, 0, true));
    } catch (EngineException | InterruptedException e) {
      stream.completeExceptionally(e);
    }
  }

  /// Waits for the stream, which from then on is the caller's to close.
  InputStream take() throws EngineException, InterruptedException {
    try {
      return stream.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e);
    }
  }

  /// Lets go of a stream that was not taken.
  @Override
  public void close() {
    asking.close();
    if (!stream.isCompletedExceptionally()) {
      try {
        stream.join().close();
      } catch (IOException e) {
        // It is of no use either way.
      }
    }
  }
}

package dev.weir.agent.docker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Events as they happen. Belongs to one thread; [#close] may come from any and ends its wait.
public final class EventStream implements AutoCloseable {
  private final DockerHttpClient.Response answer;
  private final Engine engine;
  private @Nullable JsonParser parser;

  EventStream(DockerHttpClient.Response answer, Engine engine) {
    this.answer = answer;
    this.engine = engine;
  }

  /// Waits for the next event.
  ///
  /// @throws EngineException when the stream has ended or broken off
  public ContainerEvent next() throws EngineException {
    try {
      JsonParser events = parser;
      if (events == null) {
        // Not before: making one waits for the first bytes.
        events = Engine.JsonReading.MAPPER.createParser(answer.getBody());
        parser = events;
      }
      JsonNode node = Engine.JsonReading.MAPPER.readTree(events);
      if (node != null) {
        return Json.event(node);
      }
    } catch (IOException e) {
      throw engine.unreachable(e);
    }
    throw engine.unreachable(new IOException("event stream closed by the Engine"));
  }

  @Override
  public void close() {
    answer.close();
  }
}

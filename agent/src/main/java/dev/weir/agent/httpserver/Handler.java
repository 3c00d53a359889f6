package dev.weir.agent.httpserver;

import java.io.IOException;

/// Answers the requests of a component's server. Called by many threads at once.
public interface Handler {
  /// The name under which metrics count a path: `loki_api_v1_push`; empty for one that is unknown.
  String route(String path);

  /// Answers a request on its thread. May block until the write timeout.
  ///
  /// @throws IOException when the sender has gone
  /// @throws Refusal when the request is answered with an error
  /// @throws InterruptedException when the server stops
  Reply answer(Call call) throws IOException, Refusal, InterruptedException;
}

package dev.weir.agent.loki.process.stage;

/// State shared between lanes that leaves something behind unless it is closed.
interface SharedState {
  /// Called once, when the stage is given up. Lanes may still use it for a moment.
  void close();
}

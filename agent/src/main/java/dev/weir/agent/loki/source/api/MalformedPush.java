package dev.weir.agent.loki.source.api;

/// Bytes that are not what they should be, with a message for who sent them.
final class MalformedPush extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedPush(String message) {
    super(message, null, false, false);
  }
}

package dev.weir.agent.httpclient;

import java.io.IOException;

/// A connection that was not made because it would lead where it must not. Nothing was sent.
public final class EgressException extends IOException {
  private static final long serialVersionUID = 1L;

  EgressException(String message) {
    super(message);
  }
}

package dev.weir.operator.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A request that the server refuses, as `Status` tells it.
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;

  ApiFailure(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  static ApiFailure notFound(StoredKey key) {
    return new ApiFailure(
        404, "NotFound", key.kind().plural() + " \"" + key.name() + "\" not found");
  }

  static ApiFailure conflict(String message) {
    return new ApiFailure(409, "Conflict", message);
  }

  static ApiFailure invalid(String message) {
    return new ApiFailure(422, "Invalid", message);
  }

  static ApiFailure gone() {
    return new ApiFailure(410, "Expired", "too old resource version");
  }

  int code() {
    return code;
  }

  ObjectNode status() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("message", getMessage())
        .put("reason", reason)
        .put("code", code);
  }
}

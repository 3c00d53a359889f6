package dev.weir.operator.render;

import dev.weir.operator.api.Reason;

/// Why a pipeline cannot run.
///
/// @param path of the field, such as `spec.outputs[0].loki.url`
/// @param message what is wrong with it and what to do; a whole sentence without the path
public record Problem(Reason reason, String path, String message) {
  /// As a status tells it.
  public String text() {
    return path + ": " + message;
  }
}

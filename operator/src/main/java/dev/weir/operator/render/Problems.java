package dev.weir.operator.render;

import dev.weir.operator.api.Reason;
import java.util.ArrayList;
import java.util.List;

/// What was found to be wrong with a pipeline, in the order of its fields.
final class Problems {
  private static final int MOST = 16;

  private final List<Problem> found = new ArrayList<>();

  void add(Reason reason, String path, String message) {
    if (found.size() < MOST) {
      found.add(new Problem(reason, path, message));
    }
  }

  void invalid(String path, String message) {
    add(Reason.INVALID_SPEC, path, message);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}

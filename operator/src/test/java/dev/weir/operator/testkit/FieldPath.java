package dev.weir.operator.testkit;

import java.util.ArrayList;
import java.util.List;

/// The way to a field, in the words of `fieldsV1`: `f:spec`, `k:{"name":"agent"}`, `v:"text"`.
record FieldPath(List<String> steps) {
  static final FieldPath ROOT = new FieldPath(List.of());

  FieldPath then(String step) {
    var longer = new ArrayList<String>(steps);
    longer.add(step);
    return new FieldPath(List.copyOf(longer));
  }

  boolean isBelow(FieldPath other) {
    return steps.size() > other.steps.size()
        && steps.subList(0, other.steps.size()).equals(other.steps);
  }

  @Override
  public String toString() {
    return String.join(".", steps).replace("f:", "");
  }
}

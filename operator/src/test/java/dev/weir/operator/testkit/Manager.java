package dev.weir.operator.testkit;

/// Who said something about an object, and how.
///
/// @param operation `Apply` or `Update`
/// @param subresource empty for the object itself
record Manager(String name, String operation, String subresource) {
  static final String APPLY = "Apply";
  static final String UPDATE = "Update";
}

package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.CapsuleValue;

/// The names of types in messages.
final class Types {
  static final String NUMBER = "number";
  static final String STRING = "string";
  static final String BOOL = "bool";
  static final String ARRAY = "array";
  static final String OBJECT = "object";
  static final String FUNCTION = "function";
  static final String CAPSULE = "capsule";

  private Types() {}

  /// The type of a value; of a capsule without what is in it.
  static String of(Value value) {
    return value instanceof CapsuleValue ? CAPSULE : value.kind();
  }
}

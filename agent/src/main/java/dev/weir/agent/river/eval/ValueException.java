package dev.weir.agent.river.eval;

import java.util.ArrayList;
import java.util.List;

/// A value that cannot be used as it should, and the way to it through the values around it.
///
/// Turned into a diagnostic where the expressions are known that the values come from.
final class ValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// One step towards the culprit: a container, and the text of the access to what is inside.
  record Step(Value container, String access) {}

  private final transient Value culprit;
  private final transient List<Step> outwards = new ArrayList<>();
  private final String bare;
  private final boolean secret;

  private ValueException(Value culprit, String message, String bare, boolean secret) {
    super(message);
    this.secret = secret;
    this.culprit = culprit;
    this.bare = bare;
  }

  /// @param message goes after the text of the expression that gave the value
  ValueException(Value culprit, String message) {
    this(culprit, message, message, false);
  }

  /// A value of another type than expected.
  static ValueException type(Value culprit, String expected) {
    return type(culprit, expected, false);
  }

  /// A value of another type than expected.
  ///
  /// @param secret whether it was to be a secret, and so is not to be shown
  static ValueException type(Value culprit, String expected, boolean secret) {
    String got = Types.of(culprit);
    return new ValueException(
        culprit,
        "should be " + expected + ", got " + got,
        "expected " + expected + ", got " + got,
        secret);
  }

  /// The same failure, seen from the array that holds the value.
  ValueException inElement(Value array, int index) {
    outwards.add(new Step(array, "[" + index + "]"));
    return this;
  }

  /// The same failure, seen from the object that holds the value.
  ValueException inField(Value object, String name) {
    outwards.add(new Step(object, "." + name));
    return this;
  }

  Value culprit() {
    return culprit;
  }

  /// The way from the culprit to the outermost value.
  List<Step> outwards() {
    return outwards;
  }

  /// Whether what it is about must not be shown.
  boolean isSecret() {
    return secret;
  }

  /// The message where no text of an expression goes before it.
  String bareMessage() {
    return bare;
  }
}

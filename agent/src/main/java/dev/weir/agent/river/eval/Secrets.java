package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.StringValue;

/// How text and secrets mix.
final class Secrets {
  static final String NO_STRING = "secrets may not be converted into strings";

  private Secrets() {}

  /// Two operands brought to one type where one of them is a secret and the other can follow.
  record Operands(Value left, Value right) {}

  static Value value(Secret secret) {
    return new CapsuleValue("secret", secret);
  }

  static Value value(OptionalSecret secret) {
    return new CapsuleValue("OptionalSecret", secret);
  }

  static Operands align(Value left, Value right) {
    if (!(left instanceof CapsuleValue) && !(right instanceof CapsuleValue)) {
      return new Operands(left, right);
    }
    Object one = content(left);
    Object other = content(right);
    if (one instanceof Secret || other instanceof Secret) {
      return alignSecret(new Operands(left, right), one, other);
    }
    if (one instanceof OptionalSecret secret && other instanceof String text) {
      return secret.sensitive()
          ? new Operands(left, sensitive(text))
          : new Operands(new StringValue(secret.reveal()), right);
    }
    if (one instanceof String text && other instanceof OptionalSecret secret) {
      return secret.sensitive()
          ? new Operands(sensitive(text), right)
          : new Operands(left, new StringValue(secret.reveal()));
    }
    return new Operands(left, right);
  }

  private static Operands alignSecret(Operands operands, Object one, Object other) {
    if (!text(one) || !text(other)) {
      return operands;
    }
    return new Operands(value(secret(one)), value(secret(other)));
  }

  /// What a `+` of two aligned capsules gives.
  static Value concatenate(CapsuleValue left, CapsuleValue right) {
    if (left.object() instanceof Secret one && right.object() instanceof Secret other) {
      return value(new Secret(one.reveal() + other.reveal()));
    }
    if (left.object() instanceof OptionalSecret one
        && right.object() instanceof OptionalSecret other) {
      boolean sensitive = one.sensitive() || other.sensitive();
      return value(new OptionalSecret(sensitive, one.reveal() + other.reveal()));
    }
    throw new ValueException(
        left, "could not perform binop + for unknown types lhs capsule rhs capsule");
  }

  private static Value sensitive(String text) {
    return value(new OptionalSecret(true, text));
  }

  private static boolean text(Object content) {
    return content instanceof String
        || content instanceof Secret
        || content instanceof OptionalSecret;
  }

  private static Secret secret(Object content) {
    return switch (content) {
      case Secret secret -> secret;
      case OptionalSecret secret -> new Secret(secret.reveal());
      default -> new Secret(content.toString());
    };
  }

  private static Object content(Value value) {
    return switch (value) {
      case StringValue text -> text.text();
      case CapsuleValue capsule -> capsule.object();
      default -> value;
    };
  }
}

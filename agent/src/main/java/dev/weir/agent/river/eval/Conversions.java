package dev.weir.agent.river.eval;

import dev.weir.agent.go.GoDuration;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What a value can be read as besides what it is: numbers are text, text can be a number, a
/// duration or a secret, nothing is a bool but a bool. Null is the zero value.
final class Conversions {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  /// A negative number in text has to be an integer.
  private static final Pattern FLOAT =
      Pattern.compile("\\+?(?=.*[.eE])([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private Conversions() {}

  static String text(Value value) {
    return switch (value) {
      case StringValue text -> text.text();
      case NumberValue number -> ValueText.of(number);
      case NullValue _ -> "";
      case CapsuleValue capsule -> text(capsule);
      default -> throw ValueException.type(value, Types.STRING);
    };
  }

  private static String text(CapsuleValue capsule) {
    if (capsule.object() instanceof OptionalSecret secret && !secret.sensitive()) {
      return secret.reveal();
    }
    if (capsule.object() instanceof OptionalSecret || capsule.object() instanceof Secret) {
      throw new ValueException(capsule, Secrets.NO_STRING);
    }
    throw ValueException.type(capsule, Types.STRING);
  }

  static boolean bool(Value value) {
    return switch (value) {
      case BoolValue bool -> bool.value();
      case NullValue _ -> false;
      default -> throw ValueException.type(value, Types.BOOL);
    };
  }

  static Number number(Value value) {
    return switch (value) {
      case NumberValue number -> number.number();
      case NullValue _ -> 0L;
      case StringValue text -> parse(value, text.text());
      case CapsuleValue capsule
          when capsule.object() instanceof OptionalSecret secret && !secret.sensitive() ->
          parse(value, secret.reveal());
      default -> throw ValueException.type(value, Types.NUMBER);
    };
  }

  private static Number parse(Value value, String text) {
    try {
      if (INTEGER.matcher(text).matches()) {
        return Long.parseLong(text);
      }
      if (FLOAT.matcher(text).matches()) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      // Too large: as little a number as any other text.
    }
    throw ValueException.type(value, Types.NUMBER);
  }

  static int integer(Value value) {
    long number = number(value).longValue();
    if (number != (int) number) {
      throw new ValueException(value, "value " + number + " is out of range");
    }
    return (int) number;
  }

  static Secret secret(Value value) {
    return switch (value) {
      case CapsuleValue capsule when capsule.object() instanceof Secret secret -> secret;
      case CapsuleValue capsule when capsule.object() instanceof OptionalSecret secret ->
          new Secret(secret.reveal());
      case StringValue text -> new Secret(text.text());
      case NullValue _ -> new Secret("");
      default -> throw ValueException.type(value, Types.CAPSULE, true);
    };
  }

  static OptionalSecret optionalSecret(Value value) {
    return switch (value) {
      case CapsuleValue capsule when capsule.object() instanceof OptionalSecret secret -> secret;
      case CapsuleValue capsule when capsule.object() instanceof Secret secret ->
          new OptionalSecret(true, secret.reveal());
      case StringValue text -> new OptionalSecret(false, text.text());
      case NullValue _ -> new OptionalSecret(false, "");
      default -> throw ValueException.type(value, Types.CAPSULE, true);
    };
  }

  static Duration duration(Value value) {
    return value instanceof NullValue ? Duration.ZERO : parsed(value, GoDuration::parse);
  }

  /// What a parser makes of the value's text; its refusal is the value's.
  static <T> T parsed(Value value, Function<String, T> parser) {
    String text = text(value);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ValueException(value, String.valueOf(e.getMessage()));
    }
  }
}

package dev.weir.agent.river.eval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.agent.go.GoFloat;
import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.FunctionValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads and writes JSON.
final class JsonDocuments {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final boolean integers;
  private int elements;

  private JsonDocuments(boolean integers) {
    this.integers = integers;
  }

  /// The value of a document.
  ///
  /// @param integers whether numbers without fraction are integers; else every number is a float
  /// @throws IllegalArgumentException when it is not one JSON document, or too large
  static Value parse(String text, boolean integers) {
    Limits.text(text.length());
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new IllegalArgumentException("unexpected end of JSON input");
      }
      Value value = new JsonDocuments(integers).value(parser, first);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("invalid JSON: more text after the document");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(describe(e));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Where the document is wrong; its text may be a secret and is not repeated.
  private static String describe(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    if (at == null) {
      return "invalid JSON: nested too deep or with too long a name or number";
    }
    return "invalid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private Value value(JsonParser parser, JsonToken token) throws IOException {
    Limits.elements(++elements);
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new StringValue(parser.getText());
      case VALUE_TRUE -> new BoolValue(true);
      case VALUE_FALSE -> new BoolValue(false);
      case VALUE_NULL -> new NullValue();
      default -> new NumberValue(number(parser));
    };
  }

  private Number number(JsonParser parser) throws IOException {
    if (integers && parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      try {
        return Long.parseLong(parser.getText());
      } catch (NumberFormatException e) {
        // Too large for an integer.
      }
    }
    double number = Double.parseDouble(parser.getText());
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException("invalid JSON: number is out of range");
    }
    return number;
  }

  private Value object(JsonParser parser) throws IOException {
    Map<String, Value> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      fields.put(name, value(parser, parser.nextToken()));
    }
    return new ObjectValue(Collections.unmodifiableMap(fields));
  }

  private Value array(JsonParser parser) throws IOException {
    List<Value> values = new ArrayList<>();
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      values.add(value(parser, token));
      token = parser.nextToken();
    }
    return new ArrayValue(values);
  }

  /// An object as JSON, its fields sorted by name.
  ///
  /// @throws IllegalArgumentException for anything but an object
  static String write(Value value) {
    if (!(value instanceof ObjectValue)) {
      throw new IllegalArgumentException("jsonEncode only supports map");
    }
    var out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, Value value) {
    Limits.text(out.length());
    switch (value) {
      case NullValue _ -> out.append("null");
      case NumberValue number -> out.append(number(number));
      case BoolValue bool -> out.append(bool.value());
      case StringValue text -> quote(out, text.text());
      case ArrayValue array -> write(out, array.elements());
      case ObjectValue object -> write(out, object.fields());
      case FunctionValue _ -> throw ValueException.type(value, Types.STRING);
      case CapsuleValue capsule -> quote(out, Conversions.text(capsule));
    }
  }

  private static void write(StringBuilder out, List<Value> elements) {
    out.append('[');
    String separator = "";
    for (Value element : elements) {
      out.append(separator);
      write(out, element);
      separator = ",";
    }
    out.append(']');
  }

  private static void write(StringBuilder out, Map<String, Value> fields) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Value> field : new TreeMap<>(fields).entrySet()) {
      out.append(separator);
      quote(out, field.getKey());
      out.append(':');
      write(out, field.getValue());
      separator = ",";
    }
    out.append('}');
  }

  /// Without exponent in the middle range, as Go's encoder has it.
  private static String number(NumberValue number) {
    if (number.number() instanceof Long integer) {
      return Long.toString(integer);
    }
    double value = number.number().doubleValue();
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-6 || size >= 1e21)) {
      return GoFloat.format(value, 'e', GoFloat.SHORTEST).replace("e-0", "e-");
    }
    return GoFloat.plain(value);
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}

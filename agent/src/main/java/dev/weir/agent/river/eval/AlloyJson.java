package dev.weir.agent.river.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.agent.river.Masks;
import dev.weir.agent.river.eval.RecordField.Form;
import dev.weir.agent.river.eval.Value.ArrayValue;
import dev.weir.agent.river.eval.Value.BoolValue;
import dev.weir.agent.river.eval.Value.CapsuleValue;
import dev.weir.agent.river.eval.Value.FunctionValue;
import dev.weir.agent.river.eval.Value.NullValue;
import dev.weir.agent.river.eval.Value.NumberValue;
import dev.weir.agent.river.eval.Value.ObjectValue;
import dev.weir.agent.river.eval.Value.StringValue;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Shows values, arguments and exports as the component API does: every value with its type, blocks
/// and attributes as a list of statements. Secrets stay hidden.
public final class AlloyJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AlloyJson() {}

  /// The statements that give a record, without those that say what holds anyway.
  public static ArrayNode body(Record record) {
    ArrayNode body = NODES.arrayNode();
    add(body, record);
    return body;
  }

  /// A value with its type.
  public static ObjectNode value(Value value) {
    return switch (value) {
      case NullValue _ -> typed("null", NODES.nullNode());
      case NumberValue number -> typed(Types.NUMBER, number(number.number()));
      case StringValue text ->
          typed(Types.STRING, NODES.textNode(Masks.withoutPasswords(text.text())));
      case BoolValue bool -> typed(Types.BOOL, NODES.booleanNode(bool.value()));
      case ArrayValue array -> array(array);
      case ObjectValue object -> object(object);
      case FunctionValue _ -> typed(Types.FUNCTION, NODES.textNode(Types.FUNCTION));
      case CapsuleValue capsule -> typed(Types.CAPSULE, NODES.textNode(ValueText.of(capsule)));
    };
  }

  private static ObjectNode typed(String type, JsonNode value) {
    ObjectNode node = NODES.objectNode();
    node.put("type", type);
    node.set("value", value);
    return node;
  }

  private static JsonNode number(Number number) {
    double value = number.doubleValue();
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? NODES.numberNode((long) value)
        : NODES.numberNode(value);
  }

  private static ObjectNode array(ArrayValue array) {
    ArrayNode elements = NODES.arrayNode();
    array.elements().forEach(element -> elements.add(value(element)));
    return typed(Types.ARRAY, elements);
  }

  private static ObjectNode object(ObjectValue object) {
    ArrayNode fields = NODES.arrayNode();
    object
        .fields()
        .forEach((name, field) -> fields.addObject().put("key", name).set("value", value(field)));
    return typed(Types.OBJECT, fields);
  }

  private static void add(ArrayNode body, Record record) {
    for (RecordField field : RecordShape.of(record.getClass()).fields()) {
      Object part = field.read(record);
      if (field.form() == Form.SQUASH && part instanceof Record squashed) {
        add(body, squashed);
      } else if (field.form() != Form.LABEL && !implied(field, part)) {
        add(body, field, part);
      }
    }
  }

  /// Whether a component would be the same if the configuration left it out.
  private static boolean implied(RecordField field, @Nullable Object part) {
    return !field.required() && Objects.equals(part, field.defaultValue());
  }

  private static void add(ArrayNode body, RecordField field, @Nullable Object part) {
    if (field.attribute()) {
      body.addObject()
          .put("name", field.name())
          .put("type", "attr")
          .set("value", value(Encoder.value(part)));
      return;
    }
    List<?> blocks = part instanceof List<?> list ? list : List.of(Objects.requireNonNull(part));
    for (Object block : blocks) {
      if (block instanceof NamedBlock named) {
        block(body, field.name() + "." + named.name(), named.arguments());
      } else if (block instanceof Record record) {
        block(body, field.name(), record);
      }
    }
  }

  private static void block(ArrayNode body, String name, Record record) {
    ObjectNode block = body.addObject().put("name", name).put("type", "block");
    String label = label(record);
    if (label != null) {
      block.put("label", label);
    }
    block.set("body", body(record));
  }

  private static @Nullable String label(Record record) {
    for (RecordField field : RecordShape.of(record.getClass()).fields()) {
      if (field.form() == Form.LABEL) {
        Object label = field.read(record);
        return label == null ? null : label.toString();
      }
    }
    return null;
  }
}

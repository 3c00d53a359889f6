package dev.weir.agent.river.eval;

import dev.weir.agent.river.eval.RecordField.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A record in the making, the records squashed into it included.
final class Draft {
  /// Where one value goes.
  ///
  /// @param member the record class of a family's block
  /// @param memberName what follows the family's prefix
  record Slot(
      Draft draft,
      int index,
      RecordField field,
      @Nullable Class<? extends Record> member,
      String memberName) {
    void set(@Nullable Object value) {
      draft.values[index] = value;
      draft.given[index] = true;
    }

    /// Adds to a list.
    void add(Object value) {
      draft.lists.computeIfAbsent(index, _ -> new ArrayList<>()).add(value);
      draft.given[index] = true;
    }

    /// The class that a block given here decodes into.
    Class<? extends Record> recordType() {
      return member == null ? field.recordType() : member;
    }
  }

  private final RecordShape shape;
  private final @Nullable Object[] values;
  private final boolean[] given;
  private final Map<Integer, List<Object>> lists = new HashMap<>();
  private final Map<Integer, Draft> squashed = new HashMap<>();

  Draft(RecordShape shape) {
    this.shape = shape;
    int size = shape.fields().size();
    values = new @Nullable Object[size];
    given = new boolean[size];
    for (int i = 0; i < size; i++) {
      RecordField field = shape.fields().get(i);
      if (field.form() == Form.SQUASH) {
        squashed.put(i, new Draft(RecordShape.of(field.recordType())));
      }
    }
  }

  /// Where an attribute or block of that name goes, null when the record has no place for it.
  @Nullable Slot find(String name) {
    for (int i = 0; i < values.length; i++) {
      Slot slot = at(i, name);
      if (slot != null) {
        return slot;
      }
    }
    return null;
  }

  private @Nullable Slot at(int index, String name) {
    RecordField field = shape.fields().get(index);
    return switch (field.form()) {
      case LABEL -> null;
      case SQUASH -> squashed(index).find(name);
      case FAMILY -> member(index, field, name);
      default -> field.name().equals(name) ? new Slot(this, index, field, null, "") : null;
    };
  }

  private @Nullable Slot member(int index, RecordField field, String name) {
    if (!name.startsWith(field.name() + ".")) {
      return null;
    }
    String rest = name.substring(field.name().length() + 1);
    Class<? extends Record> member = field.members().get(rest);
    return member == null ? null : new Slot(this, index, field, member, rest);
  }

  private Draft squashed(int index) {
    Draft draft = squashed.get(index);
    if (draft == null) {
      throw new IllegalStateException("nothing is squashed at " + index);
    }
    return draft;
  }

  /// The names of all attributes, those of squashed records included.
  List<String> attributes() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      RecordField field = shape.fields().get(i);
      switch (field.form()) {
        case ATTRIBUTE -> names.add(field.name());
        case SQUASH -> names.addAll(squashed(i).attributes());
        default -> {}
      }
    }
    return names;
  }

  /// The names of all blocks, those of squashed records included.
  List<String> blocks() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      RecordField field = shape.fields().get(i);
      switch (field.form()) {
        case BLOCK, BLOCKS -> names.add(field.name());
        case FAMILY ->
            field.members().keySet().forEach(member -> names.add(field.name() + "." + member));
        case SQUASH -> names.addAll(squashed(i).blocks());
        default -> {}
      }
    }
    return names;
  }

  /// Where the label goes, null when the record takes none.
  @Nullable Slot label() {
    for (int i = 0; i < values.length; i++) {
      RecordField field = shape.fields().get(i);
      if (field.form() == Form.LABEL) {
        return new Slot(this, i, field, null, "");
      }
    }
    return null;
  }

  /// The first required component that nothing has been given for.
  Optional<RecordField> missing() {
    return allMissing().stream().findFirst();
  }

  /// All required components that nothing has been given for, in order of declaration.
  List<RecordField> allMissing() {
    List<RecordField> missing = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      RecordField field = shape.fields().get(i);
      if (field.form() == Form.SQUASH) {
        missing.addAll(squashed(i).allMissing());
      } else if (field.required() && !given[i]) {
        missing.add(field);
      }
    }
    return missing;
  }

  /// The record, with defaults where nothing was given.
  ///
  /// @throws IllegalArgumentException when its constructor refuses the arguments
  Record build() {
    @Nullable Object[] arguments = values.clone();
    for (int i = 0; i < arguments.length; i++) {
      RecordField field = shape.fields().get(i);
      List<Object> list = lists.get(i);
      if (field.form() == Form.SQUASH) {
        arguments[i] = squashed(i).build();
      } else if (list != null) {
        arguments[i] = Collections.unmodifiableList(list);
      } else if (!given[i]) {
        arguments[i] = field.defaultValue();
      }
    }
    return shape.create(arguments);
  }
}

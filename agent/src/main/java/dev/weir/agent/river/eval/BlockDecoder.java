package dev.weir.agent.river.eval;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Body;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Statement;
import dev.weir.agent.river.eval.RecordField.Form;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a record of a block in source order and stops at the first error.
final class BlockDecoder {
  private final Evaluation evaluation;

  BlockDecoder(Scope scope) {
    evaluation = new Evaluation(scope);
  }

  /// The record of an outermost block, whose label is not the record's concern unless it asks.
  Record decode(Block block, Class<? extends Record> type) throws DiagnosticsException {
    return decode(block, new Draft(RecordShape.of(type)));
  }

  private Record inner(Block block, Class<? extends Record> type) throws DiagnosticsException {
    var draft = new Draft(RecordShape.of(type));
    refuse(Refusals.label(block, draft.label() != null));
    return decode(block, draft);
  }

  private Record decode(Block block, Draft draft) throws DiagnosticsException {
    Draft.Slot label = draft.label();
    if (label != null) {
      label.set(block.label());
    }
    statements(block.body(), draft);
    Optional<RecordField> missing = draft.missing();
    if (missing.isPresent()) {
      throw unplaced(Refusals.missing(missing.get()));
    }
    try {
      return draft.build();
    } catch (IllegalArgumentException e) {
      throw unplaced(String.valueOf(e.getMessage()));
    }
  }

  private void statements(Body body, Draft draft) throws DiagnosticsException {
    Map<String, Integer> counts = count(body);
    Set<String> seen = new HashSet<>();
    for (Statement statement : body.statements()) {
      switch (statement) {
        case Attribute attribute -> attribute(attribute, draft, seen);
        case Block block -> block(block, draft, counts.getOrDefault(block.fullName(), 0));
      }
    }
  }

  /// How many blocks of each name a body has.
  static Map<String, Integer> count(Body body) {
    Map<String, Integer> counts = new HashMap<>();
    for (Statement statement : body.statements()) {
      if (statement instanceof Block block) {
        counts.merge(block.fullName(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private void attribute(Attribute attribute, Draft draft, Set<String> seen)
      throws DiagnosticsException {
    if (!seen.add(attribute.name())) {
      throw new DiagnosticsException(Refusals.repeated(attribute));
    }
    Draft.Slot slot = draft.find(attribute.name());
    refuse(Refusals.of(attribute, draft, slot));
    if (slot == null) {
      return;
    }
    try {
      slot.set(slot.field().convert(evaluation.value(attribute.value())));
    } catch (ValueException e) {
      throw evaluation.diagnose(e, attribute.value());
    } catch (IllegalArgumentException e) {
      // From the constructor of a record that is given as an object.
      throw unplaced(String.valueOf(e.getMessage()));
    }
  }

  private void block(Block block, Draft draft, int count) throws DiagnosticsException {
    Draft.Slot slot = draft.find(block.fullName());
    refuse(Refusals.of(block, draft, slot, count));
    if (slot == null) {
      return;
    }
    Record record = inner(block, slot.recordType());
    if (slot.field().form() == Form.FAMILY) {
      slot.add(new NamedBlock(slot.memberName(), record));
    } else if (slot.field().form() == Form.BLOCKS) {
      slot.add(record);
    } else {
      slot.set(record);
    }
  }

  private static void refuse(@Nullable Diagnostic diagnostic) throws DiagnosticsException {
    if (diagnostic != null) {
      throw new DiagnosticsException(diagnostic);
    }
  }

  private static DiagnosticsException unplaced(String message) {
    return new DiagnosticsException(Diagnostic.error(null, message));
  }
}

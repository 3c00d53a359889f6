package dev.weir.agent.river.eval;

import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.DiagnosticsException;
import dev.weir.agent.river.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects everything that is wrong with a block as far as its text alone shows it.
final class BlockChecker {
  private final List<Diagnostic> found = new ArrayList<>();

  private BlockChecker() {}

  static List<Diagnostic> check(Block block, Class<? extends Record> type) {
    var checker = new BlockChecker();
    checker.block(block, type);
    return List.copyOf(checker.found);
  }

  private void block(Block block, Class<? extends Record> type) {
    int before = found.size();
    var draft = new Draft(RecordShape.of(type));
    Map<String, Integer> counts = BlockDecoder.count(block.body());
    Set<String> seen = new HashSet<>();
    for (Statement statement : block.body().statements()) {
      switch (statement) {
        case Attribute attribute -> attribute(attribute, draft, seen);
        case Block inner -> inner(inner, draft, counts.getOrDefault(inner.fullName(), 0));
      }
    }
    for (RecordField field : draft.allMissing()) {
      found.add(Diagnostic.error(block.span(), Refusals.missing(field)));
    }
    if (found.size() == before && References.constant(block)) {
      construct(block, type);
    }
  }

  private void attribute(Attribute attribute, Draft draft, Set<String> seen) {
    Draft.Slot slot = draft.find(attribute.name());
    Diagnostic refusal = Refusals.of(attribute, draft, slot);
    if (slot == null || refusal != null) {
      report(refusal);
      return;
    }
    slot.set(null);
    if (!seen.add(attribute.name())) {
      found.add(Refusals.repeated(attribute));
      return;
    }
    new LiteralChecker(found).check(attribute.value(), slot.field().converter());
  }

  private void inner(Block block, Draft draft, int count) {
    Draft.Slot slot = draft.find(block.fullName());
    Diagnostic refusal = Refusals.of(block, draft, slot, count);
    if (slot == null || refusal != null) {
      if (slot != null) {
        slot.set(null);
      }
      report(refusal);
      return;
    }
    slot.set(null);
    Class<? extends Record> type = slot.recordType();
    report(Refusals.label(block, new Draft(RecordShape.of(type)).label() != null));
    block(block, type);
  }

  /// A block of nothing but literals can be decoded at once, so that its record has its say.
  private void construct(Block block, Class<? extends Record> type) {
    try {
      new BlockDecoder(Scope.EMPTY).decode(block, type);
    } catch (DiagnosticsException e) {
      for (Diagnostic diagnostic : e.diagnostics()) {
        found.add(
            diagnostic.span() == null
                ? Diagnostic.error(block.span(), diagnostic.message())
                : diagnostic);
      }
    }
  }

  private void report(@Nullable Diagnostic refusal) {
    if (refusal != null) {
      found.add(refusal);
    }
  }
}

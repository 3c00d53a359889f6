package dev.weir.agent.river.eval;

import dev.weir.agent.go.GoQuote;
import dev.weir.agent.river.Attribute;
import dev.weir.agent.river.Block;
import dev.weir.agent.river.Diagnostic;
import dev.weir.agent.river.Span;
import dev.weir.agent.river.eval.RecordField.Form;
import org.jspecify.annotations.Nullable;

/// What is said about statements that do not fit a record.
final class Refusals {
  private Refusals() {}

  static String quote(String name) {
    return GoQuote.quote(name);
  }

  static String missing(RecordField field) {
    String form = field.attribute() ? "attribute" : "block";
    return "missing required " + form + " " + quote(field.name());
  }

  /// What is wrong with an attribute's name, null when it fits.
  ///
  /// @param slot where the draft has it
  static @Nullable Diagnostic of(Attribute attribute, Draft draft, Draft.@Nullable Slot slot) {
    String name = attribute.name();
    if (slot == null || slot.field().form() == Form.FAMILY) {
      return Diagnostic.error(
          attribute.span(),
          "unrecognized attribute name " + quote(name) + Closest.hint(name, draft.attributes()));
    }
    if (!slot.field().attribute()) {
      return Diagnostic.error(
          attribute.span(),
          quote(attribute.name()) + " must be a block, but is used as an attribute");
    }
    return null;
  }

  static Diagnostic repeated(Attribute attribute) {
    return Diagnostic.error(
        attribute.span(), "attribute " + quote(attribute.name()) + " may only be provided once");
  }

  /// What is wrong with a block's name, null when it fits.
  ///
  /// @param slot where the draft has it
  /// @param count how many blocks of this name there are
  static @Nullable Diagnostic of(Block block, Draft draft, Draft.@Nullable Slot slot, int count) {
    String name = quote(block.fullName());
    if (slot == null) {
      return Diagnostic.error(
          block.span(),
          "unrecognized block name " + name + Closest.hint(block.fullName(), draft.blocks()));
    }
    if (slot.field().attribute()) {
      return Diagnostic.error(block.span(), name + " must be an attribute, but is used as a block");
    }
    if (slot.field().form() == Form.BLOCK && count > 1) {
      return Diagnostic.error(block.span(), "block " + name + " may only be specified once");
    }
    return null;
  }

  /// What is wrong with the label of an inner block, null when it fits.
  static @Nullable Diagnostic label(Block block, boolean labelled) {
    String name = quote(block.fullName());
    if (labelled && block.label() == null) {
      return Diagnostic.error(header(block), "block " + name + " requires non-empty label");
    }
    if (!labelled && block.label() != null) {
      return Diagnostic.error(
          header(block), "block " + name + " does not support specifying labels");
    }
    return null;
  }

  /// From the name to the opening brace.
  private static Span header(Block block) {
    Span body = block.body().span();
    return new Span(body.file(), block.span().start(), body.start());
  }
}

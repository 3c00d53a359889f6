package dev.weir.agent.river.eval;

/// A decoded block of a family.
///
/// @param name what follows the family's prefix: `json` of `stage.json`
/// @param arguments the decoded record, of the member's class
public record NamedBlock(String name, Record arguments) {}

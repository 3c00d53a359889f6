package dev.weir.operator.testkit;

/// One request that may change something.
///
/// @param verb `create`, `update`, `patch`, `apply` or `delete`
/// @param plural the resource, `configmaps`
/// @param subresource empty for the object itself
/// @param effective whether it changed the object
public record Write(
    String verb,
    String plural,
    String namespace,
    String name,
    String subresource,
    String manager,
    boolean effective) {}

package dev.weir.agent.runtime;

import dev.weir.agent.component.Health;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the component API tells about one component.
///
/// The records hold secrets as `Secret`, which prints as `(secret)`.
///
/// @param name of its type: `loki.write`
/// @param localId unique within its module: `loki.write.default`
/// @param moduleId empty for the root module
/// @param referencesTo local ids
/// @param referencedBy local ids
/// @param arguments in force; null while there are none that can be used
public record ComponentInfo(
    String name,
    String localId,
    String moduleId,
    String label,
    List<String> referencesTo,
    List<String> referencedBy,
    Health health,
    @Nullable Record arguments,
    @Nullable Record exports,
    @Nullable Record debugInfo) {}

package dev.weir.agent.river.eval;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a `List<NamedBlock>` filled by blocks of one family, such as every `stage.*`, in source
/// order.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface BlockFamilyField {
  /// The first part of the blocks' names: `stage`.
  String prefix();

  /// Knows the members. Has a public constructor without parameters.
  Class<? extends BlockFamily> family();
}

package dev.weir.agent.river.eval;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a record component that is given as a block rather than as an attribute.
///
/// The component's type is a record (one block, required; optional with `@Nullable` or `@Default`)
/// or a list of records (any number, in source order).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface BlockField {}

package dev.weir.agent.river.eval;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a record component that the configuration leaves out, as a River expression:
/// `"\"1s\""`, `"10"`, `"[]"`.
///
/// On a block it takes no expression (empty text): the block is then decoded as if it stood there
/// empty. A component with neither this nor `@Nullable` is required.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  String value() default "";
}

package dev.weir.agent.river.eval;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks the public static method of a class that makes it from a River string; a number's text is
/// taken too.
///
/// The method has one `String` parameter and throws `IllegalArgumentException` with a message for
/// the user.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FromText {}

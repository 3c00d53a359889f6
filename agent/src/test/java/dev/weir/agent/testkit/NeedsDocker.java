package dev.weir.agent.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks tests that use a real Docker Engine; they may take a [DockerEngine] as parameter, which
/// removes what it made when the test ends.
///
/// Without an Engine they are skipped, saying so, or fail when the environment has `CI=true`.
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DockerExtension.class)
public @interface NeedsDocker {}

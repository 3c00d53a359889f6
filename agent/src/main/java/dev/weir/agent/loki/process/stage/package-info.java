/// The stages of `loki.process`: one class each, listed in `StageTypes`.
@NullMarked
package dev.weir.agent.loki.process.stage;

import org.jspecify.annotations.NullMarked;

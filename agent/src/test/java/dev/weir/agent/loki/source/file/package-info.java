/// Tests of `loki.source.file`.
@NullMarked
package dev.weir.agent.loki.source.file;

import org.jspecify.annotations.NullMarked;

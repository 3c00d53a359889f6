/// Tests of `loki.echo`.
@NullMarked
package dev.weir.agent.loki.echo;

import org.jspecify.annotations.NullMarked;

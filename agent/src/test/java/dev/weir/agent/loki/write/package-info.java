/// Tests of delivery against a scripted server.
@NullMarked
package dev.weir.agent.loki.write;

import org.jspecify.annotations.NullMarked;

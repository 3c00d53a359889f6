@NullMarked
package dev.weir.agent.loki.secretfilter;

import org.jspecify.annotations.NullMarked;

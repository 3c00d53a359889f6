@NullMarked
package dev.weir.agent.loki.jsonfile;

import org.jspecify.annotations.NullMarked;

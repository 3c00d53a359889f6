@NullMarked
package dev.weir.agent.loki.source.syslog;

import org.jspecify.annotations.NullMarked;

/// `loki.source.syslog`: takes syslog messages over TCP, TLS and UDP.
@NullMarked
package dev.weir.agent.loki.source.syslog;

import org.jspecify.annotations.NullMarked;

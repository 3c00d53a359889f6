/// `loki.secretfilter`: makes secrets in entries unreadable.
@NullMarked
package dev.weir.agent.loki.secretfilter;

import org.jspecify.annotations.NullMarked;

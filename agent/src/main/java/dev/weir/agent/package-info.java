/// The agent: reads logs, runs them through River pipelines, delivers them to Loki.
@NullMarked
package dev.weir.agent;

import org.jspecify.annotations.NullMarked;

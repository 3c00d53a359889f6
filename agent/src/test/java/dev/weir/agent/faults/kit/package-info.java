/// What fault tests are made of: an agent as a process, numbered lines, logs as Docker writes them,
/// an Engine that says which containers there are, and the ledger that compares what was written
/// with what has arrived.
@NullMarked
package dev.weir.agent.faults.kit;

import org.jspecify.annotations.NullMarked;

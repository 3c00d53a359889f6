/// The fault suite: an agent as a process, something that goes wrong, and a ledger of every line.
@NullMarked
package dev.weir.agent.faults;

import org.jspecify.annotations.NullMarked;

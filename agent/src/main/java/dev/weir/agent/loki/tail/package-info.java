/// Reads growing, rotating log files, thousands of them on a few threads.
///
/// [TailEngine] owns the threads. Each reads its files in turn, a bounded number of bytes at a
/// time, splits what it read into entries without copying, and gives them to the receiver. A file's
/// position follows what the receivers have confirmed.
@NullMarked
package dev.weir.agent.loki.tail;

import org.jspecify.annotations.NullMarked;

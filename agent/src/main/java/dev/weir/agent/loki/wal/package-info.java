/// A write-ahead log: entries on disk until every endpoint has delivered them.
///
/// [Wal] takes batches and writes them, several at a time, as records of numbered segments. Each
/// [Outlet] is fed by a thread of its own, which reads the segments and hands on batches; its
/// [Progress] knows what was confirmed and is saved from time to time. Entries are numbered from
/// the first on, so that what is missing or comes twice is noticed, and can be counted.
@NullMarked
package dev.weir.agent.loki.wal;

import org.jspecify.annotations.NullMarked;

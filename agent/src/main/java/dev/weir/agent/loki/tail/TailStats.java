package dev.weir.agent.loki.tail;

/// Numbers of one tail since it was opened, but for the two places.
///
/// @param readBytes bytes of files that became entries or were skipped
/// @param lines entries made
/// @param offset the place in the newest file up to which it was read
/// @param size of the newest file when last looked at
/// @param lag bytes on disk, in all generations, that are not yet confirmed
/// @param lostBytes bytes that went before they were read, as far as known
/// @param brokenRecords pieces that were no record of the format and were skipped
/// @param cutLines lines that were longer than the limit and were cut into several entries
public record TailStats(
    long readBytes,
    long lines,
    long offset,
    long size,
    long lag,
    long lostBytes,
    long brokenRecords,
    long cutLines) {}

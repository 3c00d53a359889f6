package dev.weir.agent.sandbox;

/// What a sandbox has counted since it started, over all tenants.
///
/// @param pushes push requests, whatever became of them
/// @param bodyBytes bytes of their bodies as sent
/// @param decodedBytes bytes of their bodies after decompression
/// @param entries in pushes that were read and decoded; 0 in the mode that counts bytes only
/// @param lineBytes bytes of text of these entries
/// @param stored entries that were new
/// @param duplicates entries that were there already: same stream, same nanosecond, same text
/// @param rejected entries that a limit refused
/// @param evicted entries dropped to keep within the memory limit
/// @param heldEntries entries held now
/// @param heldBytes memory accounted for them
public record Totals(
    long pushes,
    long bodyBytes,
    long decodedBytes,
    long entries,
    long lineBytes,
    long stored,
    long duplicates,
    long rejected,
    long evicted,
    long heldEntries,
    long heldBytes) {}

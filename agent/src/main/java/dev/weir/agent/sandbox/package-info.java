/// An embedded, in-memory Loki for one machine: what `weir sandbox` runs and what tests hold the
/// agent against.
///
/// It takes pushes and answers queries as a real Loki does, keeps account of how often each entry
/// was pushed, and can be told to fail in the ways networks and servers do.
@NullMarked
package dev.weir.agent.sandbox;

import org.jspecify.annotations.NullMarked;

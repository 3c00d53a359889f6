/// What Go's standard library does with text, for users of configuration written for Go programs:
/// quoting, durations, formats. Depends on nothing.
@NullMarked
package dev.weir.agent.go;

import org.jspecify.annotations.NullMarked;

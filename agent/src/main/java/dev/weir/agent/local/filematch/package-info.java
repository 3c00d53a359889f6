/// `local.file_match`: exports the files that globs match, as targets.
@NullMarked
package dev.weir.agent.local.filematch;

import org.jspecify.annotations.NullMarked;

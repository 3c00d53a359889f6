/// `local.file`: exports the content of a file.
@NullMarked
package dev.weir.agent.local.file;

import org.jspecify.annotations.NullMarked;

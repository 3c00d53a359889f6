/// `discovery.file`: exports the targets that files list.
@NullMarked
package dev.weir.agent.discovery.file;

import org.jspecify.annotations.NullMarked;

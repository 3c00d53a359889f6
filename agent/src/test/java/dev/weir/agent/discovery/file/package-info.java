@NullMarked
package dev.weir.agent.discovery.file;

import org.jspecify.annotations.NullMarked;

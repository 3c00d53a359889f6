@NullMarked
package dev.weir.agent.http;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.weir.agent.remote.http;

import org.jspecify.annotations.NullMarked;

/// Tests of the HTTP client against servers that say what they should not.
@NullMarked
package dev.weir.agent.httpclient;

import org.jspecify.annotations.NullMarked;

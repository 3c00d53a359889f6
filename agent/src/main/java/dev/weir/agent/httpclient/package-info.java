/// Outgoing HTTP: the client arguments that many components share, and clients made from them.
@NullMarked
package dev.weir.agent.httpclient;

import org.jspecify.annotations.NullMarked;

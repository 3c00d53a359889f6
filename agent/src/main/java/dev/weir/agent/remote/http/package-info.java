/// `remote.http`: exports what a URL answers.
@NullMarked
package dev.weir.agent.remote.http;

import org.jspecify.annotations.NullMarked;

package dev.weir.agent.river;

/// One line of a body: an attribute or a block.
public sealed interface Statement extends Node permits Attribute, Block {}

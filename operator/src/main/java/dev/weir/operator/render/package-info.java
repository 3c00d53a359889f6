/// From custom resources to River: a tree, printed by the agent's own printer and read back by its
/// own parser.
///
/// No text of a user is ever joined to River, a selector, a template or an expression; each of
/// these languages has one class that writes its literals.
@NullMarked
package dev.weir.operator.render;

import org.jspecify.annotations.NullMarked;

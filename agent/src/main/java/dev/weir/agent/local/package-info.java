/// What components that look at the files of this machine share: globs and changes.
@NullMarked
package dev.weir.agent.local;

import org.jspecify.annotations.NullMarked;

/// Templates in the language of Go's `text/template`, with the functions that pipelines know.
@NullMarked
package dev.weir.agent.template;

import org.jspecify.annotations.NullMarked;

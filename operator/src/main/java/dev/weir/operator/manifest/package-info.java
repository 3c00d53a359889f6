/// Resources as files: read, and checked by the schemas of the CRDs without an API server.
@NullMarked
package dev.weir.operator.manifest;

import org.jspecify.annotations.NullMarked;

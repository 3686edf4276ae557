/** Configuration documents as Go reads them: YAML or JSON, with the place of every value. */
@NullMarked
package io.github.hubbleexport.document;

import org.jspecify.annotations.NullMarked;

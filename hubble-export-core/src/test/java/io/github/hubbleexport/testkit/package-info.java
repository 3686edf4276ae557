/** What tests and benchmarks share: conformance data, generated events, a sink in memory. */
@NullMarked
package io.github.hubbleexport.testkit;

import org.jspecify.annotations.NullMarked;

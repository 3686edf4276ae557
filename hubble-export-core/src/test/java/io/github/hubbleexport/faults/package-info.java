/**
 * Faults that are really made: processes that are killed, disks that are full, mounts that are taken away. Where a fault
 * would hurt the JVM that runs the tests, a child process suffers it.
 */
@NullMarked
package io.github.hubbleexport.faults;

import org.jspecify.annotations.NullMarked;

/** What is handed to whoever helps, and the search for secrets in it. */
@NullMarked
package dev.nanoctl.appliance.support;

import org.jspecify.annotations.NullMarked;

/** What every part shares: problems, secrets, ids, JSON and the site configuration. */
@NullMarked
package dev.nanoctl.core;

import org.jspecify.annotations.NullMarked;
